package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.Golden;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.PretrainStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/// The keys of every example are held: a key that moves throws away the results that users have under it.
class ExamplesTest {
    private static final Path KEYS = Path.of("src/test/resources/dev/isogloss/planner/keys");

    @ParameterizedTest
    @MethodSource("dev.isogloss.planner.Examples#files")
    void an_example_validates_plans_and_keeps_its_keys(Path example) {
        StringBuilder keys = new StringBuilder();
        for (Manifest manifest : ManifestReader.read(example)) {
            keys.append(manifest.name()).append('\n');
            for (PlannedStep step : Examples.plan(manifest).steps())
                keys.append("  ")
                        .append(step.key())
                        .append("  ")
                        .append(step.title())
                        .append('\n');
        }
        String name = Examples.FOLDER.relativize(example).toString().replace(".yaml", ".txt");
        Golden.assertHolds(KEYS.resolve(name), keys.toString());
    }

    /// Whoever brings them to a cluster may read YAML with limits: SnakeYAML, for one, takes fifty aliases of maps.
    @ParameterizedTest
    @MethodSource("dev.isogloss.planner.Examples#files")
    void other_programs_can_read_an_example(Path example) throws IOException {
        List<Object> documents = new ArrayList<>();
        new Yaml().loadAll(Files.readString(example)).forEach(documents::add);

        assertThat(documents).hasSameSizeAs(ManifestReader.read(example));
    }

    @Test
    void examples_that_pretrain_the_same_encoder_share_that_step() {
        var keys = Examples.files().stream()
                .filter(example ->
                        example.endsWith("reduced/packages.yaml") || example.endsWith("real/packages-pretrained.yaml"))
                .flatMap(example -> ManifestReader.read(example).stream())
                .map(manifest -> Examples.plan(manifest).steps().getFirst())
                .peek(first -> assertThat(first.spec()).isInstanceOf(PretrainStep.class))
                .map(PlannedStep::key)
                .toList();

        assertThat(keys).hasSizeGreaterThan(5);
        assertThat(Set.copyOf(keys)).hasSize(1);
    }
}
