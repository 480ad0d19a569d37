package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.encoder.Safetensors;
import dev.isogloss.trainer.encoder.SafetensorsCopy;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Copies beside the parameters and in this machine's memory, which do the same.
class BestWeightsTest {
    @TempDir
    Path folder;

    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<Function<Map<String, Tensor>, BestWeights>> places() {
        return Stream.of(
                BestWeights::of,
                parameters -> new BestWeights.OnHost(SafetensorsCopy.of(parameters, Map.of())),
                BestWeights.OnDevice::of);
    }

    @ParameterizedTest
    @MethodSource("places")
    void they_stay_as_they_were_until_better_ones_come(Function<Map<String, Tensor>, BestWeights> place) {
        Map<String, Tensor> parameters = parameters(1);
        Map<String, Tensor> found = parameters(0);
        try (BestWeights best = place.apply(parameters)) {
            parameters.get("b").assign(Tensor.full(2, 2, 3));
            best.assignTo(found);
            assertThat(found.get("b").toFloats()).containsOnly(1);

            best.replaceBy(parameters);
            parameters.get("b").assign(Tensor.full(3, 2, 3));

            best.assignTo(found);
            assertThat(found.get("b").toFloats()).containsOnly(2);
            assertThat(found.get("a").toFloats()).containsExactly(1, 5);
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void their_file_is_what_would_have_been_written_of_the_parameters(
            Function<Map<String, Tensor>, BestWeights> place) {
        Map<String, Tensor> parameters = parameters(1);
        Safetensors.write(folder.resolve("then"), parameters, Map.of());
        BestWeights best = place.apply(parameters);
        parameters.get("a").assign(Tensor.zeros(2));

        try (SafetensorsCopy file = best.toFile()) {
            file.write(folder.resolve("now"));
        }

        assertThat(folder.resolve("now")).hasSameBinaryContentAs(folder.resolve("then"));
    }

    private static Map<String, Tensor> parameters(double b) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put("b", Tensor.full(b, 2, 3));
        parameters.put("a", Tensor.of(new float[] {1, 5}, 2));
        return parameters;
    }
}
