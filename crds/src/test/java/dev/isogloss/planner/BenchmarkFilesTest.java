package dev.isogloss.planner;

import static dev.isogloss.planner.TestBenchmarks.outline;
import static dev.isogloss.planner.TestBenchmarks.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.InputIdentity;
import dev.isogloss.plan.step.StepKey;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the systems of a benchmark read what they have of their own.
class BenchmarkFilesTest {
    /// What data is generated from is in the keys of steps, and it lies nowhere.
    @Test
    void each_system_may_have_data_of_its_own_where_it_is_generated() {
        String files = "location: {claim: datasets, path: \"{language}/{split}.jsonl\"}";
        String few = "name: labse\n      data: {version: few, location: {claim: null, path: null, generated:"
                + " {trainExamples: 100}}}";

        String[] encoders = {"encoder/sentence-transformers/LaBSE", "encoder/xlm-roberta-base"};

        Plan mixed = plan("name: labse", few);
        Plan generated = plan(files, "location: {generated: {}}", "name: labse", few);

        assertThat(inputs(mixed)).containsOnly("data", encoders[0], encoders[1]);
        assertThat(inputs(generated)).containsOnly(encoders);
        assertThat(generated.steps().stream().map(PlannedStep::key)).containsAll(generatedAlone());
    }

    private static Set<String> inputs(Plan plan) {
        return outline(plan).locations().byIdentity().keySet().stream()
                .map(InputIdentity::location)
                .collect(Collectors.toSet());
    }

    /// A dataset of another name, or another version, is other data: its steps read it where it lies.
    @ParameterizedTest
    @ValueSource(strings = {"name: larger, ", "version: \"2\", "})
    void each_system_may_have_files_of_its_own(String other) {
        String files = "data: {%slocation: {claim: others, path: \"{language}/{split}.jsonl\"}}".formatted(other);

        Plan plan = plan("name: labse", "name: labse\n      " + files);

        assertThat(claims(plan, "labse: fineTune")).containsOnly("others");
        assertThat(claims(plan, "fineTune en")).as("shared by the others").containsOnly("datasets");
        assertThat(outline(plan).locations().claims()).containsExactly("datasets", "others");
    }

    /// The claims of the steps whose titles begin so.
    private static Set<String> claims(Plan plan, String title) {
        List<PlannedStep> steps = plan.steps().stream()
                .filter(step -> step.title().startsWith(title))
                .toList();
        assertThat(steps).isNotEmpty();
        return steps.stream()
                .flatMap(step -> outline(plan).locations().of(step.spec().reads()).claims().stream())
                .collect(Collectors.toSet());
    }

    @Test
    void each_system_may_have_a_dictionary_of_its_own() {
        String swapped = "stages: [{randomizedSmoothing: {perturb: Synonyms}}]";
        String words = "dictionary: {name: %s, location: {claim: words, path: \"%1$s.json\"}}";

        Plan plan = plan(
                "    source: en",
                "    source: en\n    " + words.formatted("few"),
                "  sweep:",
                "    - {name: few, %s}\n    - {name: many, %s, %s}\n  sweep:"
                        .formatted(swapped, swapped, words.formatted("many")));

        assertThat(outline(plan).locations().byIdentity().entrySet().stream()
                        .filter(each -> each.getKey().location().equals(Input.DICTIONARY))
                        .map(each -> "%s in %s"
                                .formatted(
                                        each.getKey().name(),
                                        Objects.requireNonNull(
                                                        each.getValue().inputs().get(Input.DICTIONARY))
                                                .path())))
                .containsExactlyInAnyOrder("few in few.json", "many in many.json");
    }

    private static List<StepKey> generatedAlone() {
        String text = """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: labse}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy, version: few, location: {generated: {trainExamples: 100}}}
                  encoder: {location: {uri: "hf://sentence-transformers/LaBSE"}, maxLength: 64}
                  source: en
                  targets: [de, fr]
                  seeds: [1, 2]
                  stages: [{fineTune: {epochs: 2}}]
                """;
        TransferExperimentManifest alone =
                (TransferExperimentManifest) ManifestReader.read("m.yaml", text).getFirst();
        return Planner.plan("labse", alone.spec()).steps().stream()
                .map(PlannedStep::key)
                .toList();
    }
}
