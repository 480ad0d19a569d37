package dev.isogloss.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.isogloss.api.task.Head;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Losses of every method, update by update, as they were when somebody last looked: what is drawn at random, the order
/// of batches and every term of an objective show in them, and a change that is not to alter results leaves them as
/// they are. `-Dgolden=write` writes them anew.
class LossesTest {
    private static final Path FILE = Path.of("src/test/resources/dev/isogloss/trainer/method/losses.json");
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode GOLDEN = golden();
    private static final double ROUNDING = Engine.device() == Device.GPU ? 2e-3 : 1e-4;

    @TempDir
    Path folder;

    @Test
    void every_method_is_among_them() {
        Set<String> seen = new TreeSet<>();
        for (SmallTraining training : SmallTraining.values())
            try (Model model = TinyTransfer.model(training.readsWords() ? Head.Token : Head.Pooled);
                    Method method = training.on(model)) {
                seen.add(method.getClass().getName());
            }

        assertThat(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages(Method.class.getPackageName())
                                .stream()
                                .filter(type -> type.isAssignableTo(Method.class) && !type.isInterface()))
                .extracting(JavaClass::getName)
                .containsExactlyInAnyOrderElementsOf(seen);
    }

    @ParameterizedTest
    @EnumSource
    void the_losses_of_a_method_are_those_that_they_were(SmallTraining training) {
        List<Double> losses = losses(training, "whole", Long.MAX_VALUE);

        if (WRITE) write(training.name(), losses);
        assertThat(losses.stream().mapToDouble(Double::doubleValue).toArray())
                .hasSizeGreaterThanOrEqualTo(6)
                .containsExactly(doubles(GOLDEN.path(training.name())), within(ROUNDING));
    }

    @ParameterizedTest
    @EnumSource
    void a_stopped_method_goes_on_with_the_losses_that_it_would_have_had(SmallTraining training) {
        List<Double> halves = new ArrayList<>(losses(training, "halves", 4));
        halves.addAll(losses(training, "halves", Long.MAX_VALUE));

        assertThat(halves).isEqualTo(losses(training, "whole", Long.MAX_VALUE));
    }

    private List<Double> losses(SmallTraining training, String name, long stopAfter) {
        try (Model model = TinyTransfer.model(training.readsWords() ? Head.Token : Head.Pooled);
                Method method = training.on(model)) {
            return new TinyTransfer(folder).losses(method, name, stopAfter);
        }
    }

    @AfterAll
    static void save() throws IOException {
        if (WRITE) Files.writeString(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(GOLDEN) + "\n");
    }

    // ---- the file

    private static ObjectNode golden() {
        try {
            return Files.exists(FILE) ? (ObjectNode) JSON.readTree(FILE.toFile()) : JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String name, List<Double> losses) {
        ArrayNode own = JSON.createArrayNode();
        losses.forEach(loss -> own.add(Math.round(loss * 1e6) / 1e6));
        GOLDEN.set(name, own);
    }

    private static double[] doubles(JsonNode losses) {
        return IntStream.range(0, losses.size())
                .mapToDouble(i -> losses.get(i).asDouble())
                .toArray();
    }
}
