package dev.isogloss.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.Golden;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The keys of every example are held: a key that moves throws away the results that users have under it.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Path KEYS = Path.of("src/test/resources/dev/isogloss/planner/keys");

    static Stream<Path> examples() throws IOException {
        return Files.walk(EXAMPLES)
                .filter(file -> file.toString().endsWith(".yaml"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_validates_plans_and_keeps_its_keys(Path example) {
        StringBuilder keys = new StringBuilder();
        for (Manifest manifest : ManifestReader.read(example)) {
            keys.append(manifest.name()).append('\n');
            for (PlannedStep step : plan(manifest).steps())
                keys.append("  ")
                        .append(step.key())
                        .append("  ")
                        .append(step.title())
                        .append('\n');
        }
        String name = EXAMPLES.relativize(example).toString().replace(".yaml", ".txt");
        Golden.assertHolds(KEYS.resolve(name), keys.toString());
    }

    private static Plan plan(Manifest manifest) {
        return switch (manifest) {
            case TransferExperimentManifest experiment -> Planner.plan(experiment.name(), experiment.spec());
            case CoTrainingRunManifest run -> Planner.plan(run.name(), run.spec());
        };
    }

    @Test
    void experiments_that_pretrain_the_same_encoder_share_that_step() throws IOException {
        var keys = examples()
                .filter(example -> example.startsWith(EXAMPLES.resolve("real")))
                .flatMap(example -> ManifestReader.read(example).stream())
                .map(manifest -> (TransferExperimentManifest) manifest)
                .filter(experiment -> experiment.spec().encoder().fromPretraining() != null)
                .map(experiment -> Planner.plan(experiment.name(), experiment.spec())
                        .steps()
                        .getFirst()
                        .key());

        assertThat(keys.distinct()).hasSize(1);
    }
}
