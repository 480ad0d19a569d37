package dev.isogloss.manifest;

import static dev.isogloss.planner.TestBenchmarks.TABLE;
import static dev.isogloss.planner.TestBenchmarks.edited;
import static dev.isogloss.planner.TestBenchmarks.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.benchmark.Sweep;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/// What a benchmark means, and what is said of one that means nothing.
class BenchmarksTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<String> problems(String text) {
        return ManifestReader.check("m.yaml", text).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void a_system_is_the_template_with_its_own_fields_merged_in() {
        List<ResolvedSystem> systems = Benchmarks.of("table", spec(TABLE));

        assertThat(systems).extracting(ResolvedSystem::name).containsExactly("zero-shot", "iwda", "co", "labse");
        var labse = (TransferExperimentManifest)
                systems.getLast().candidates().getFirst().manifest();
        assertThat(labse.spec().encoder().maxLength()).as("merged").isEqualTo(64);
        assertThat(String.valueOf(labse.spec().encoder().location())).contains("LaBSE");
        assertThat(labse.spec().common().seeds()).containsExactly(1L, 2L);
    }

    @Test
    void null_takes_a_field_away() {
        String text = edited(
                "    encoder: {location: {uri: \"hf://sentence-transformers/LaBSE\"}}\n      stages",
                "    encoder: {maxLength: null}\n      seeds: null\n      stages");
        var labse = (TransferExperimentManifest) Benchmarks.of("table", spec(text))
                .getLast()
                .candidates()
                .getFirst()
                .manifest();

        assertThat(labse.spec().encoder().maxLength()).as("the default").isEqualTo(128);
        assertThat(labse.spec().common().seeds()).containsExactly(1L);
    }

    @Test
    void values_of_a_sweep_are_the_same_however_they_are_written() {
        assertThat(Benchmarks.of("table", spec(TABLE)).get(1).candidates())
                .extracting(ResolvedSystem.Candidate::label)
                .containsExactly("lambdaAlign=0.001", "lambdaAlign=0.01");
        assertThat(Benchmarks.of(
                                "table",
                                spec(edited("[1e-3, 0.01]}", "[1e-3, 0.01], \"stages[0].fineTune.epochs\": [2, 4]}")))
                        .get(1)
                        .candidates())
                .extracting(ResolvedSystem.Candidate::label)
                .containsExactly(
                        "epochs=2, lambdaAlign=0.001",
                        "epochs=2, lambdaAlign=0.01",
                        "epochs=4, lambdaAlign=0.001",
                        "epochs=4, lambdaAlign=0.01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                name: labse                   | name: iwda                       | m.yaml:20:7: spec.systems[3]: two systems have the same name; give each a name of its own
                {baseline: zero-shot}         | {baseline: zeroshot}             | m.yaml:24:26: spec.comparison.baseline: comparison.baseline names no system; write the name of one of systems
                {system: iwda                 | {system: iwdaa                   | m.yaml:23:19: spec.sweep.system: sweep.system names no system; write the name of one of systems
                baseline: zero-shot           | baseline: zero-shot, metric: MacroF1 | spec.comparison.metric: single examples have no share of MacroF1, by which systems could be compared; write Accuracy
                [1e-3, 0.01]                  | [1e-3]                           | spec.sweep.over.stages[1].iwda.lambdaAlign: has 1 items; it needs at least 2, or leave the field out
                name: labse                   | nam: labse                       | spec.systems[3].nam: there is no such field; did you mean name?
                {iwda: {epochs: 3}}           | {iwda: {epocs: 3}}               | m.yaml:14:62: spec.systems[1].stages[1].iwda.epocs: there is no such field; did you mean epochs?
                {iwda: {epochs: 3}}           | {iwda: {epochs: 0}}              | spec.systems[1].stages[1].iwda.epochs: is 0; it must be greater than 0
                {iwda: {epochs: 3}}           | {iwda: {}, fineTune: {}}         | m.yaml:14:54: spec.systems[name=iwda].stages[1]: a stage is exactly one method
                [{fineTune: {epochs: 2}}, {iw | [{iw                             | spec.systems[name=iwda].stages[0]: stages other than pretrain and interpolate go on from a model that knows the task
                targets: [de, fr]             | targets: [en, de]                | spec.template.targets[0]: the source language is measured anyway: take it out of targets
                source: en                    | evaluate: {}                     | spec.template.source: is missing. The language with labels.
                stages[1].iwda.lambdaAlign    | stages[2].iwda.lambdaAlign       | m.yaml:23:32: spec.sweep.over["stages[2].iwda.lambdaAlign"]: there is no stages[2], the list has 2 items, counted from 0
                stages[1].iwda.lambdaAlign    | stages[1].iwda.lambdaAlin        | spec.sweep.over["stages[1].iwda.lambdaAlin"]: stages[1].iwda has no field lambdaAlin; did you mean lambdaAlign?
                stages[1].iwda.lambdaAlign    | stages[1].distill.temperature    | stages[1] has no distill; write it into the system, as distill: {}
                stages[1].iwda.lambdaAlign    | stages.1.iwda                    | is no field; name it from spec down, as stages[1].iwda.lambdaAlign
                stages[1].iwda.lambdaAlign": [1e-3, 0.01] | source": [en, de]    | m.yaml:23:32: spec.sweep.over["source"]: decides what the line is measured on, which is the same for all values of a sweep; write a system for each value instead
                stages[1].iwda.lambdaAlign": [1e-3, 0.01] | targets[1]": [fr, es] | spec.sweep.over["targets[1]"]: decides what the line is measured on
                stages[1].iwda.lambdaAlign": [1e-3, 0.01] | seeds[1]": [2, 3]    | spec.sweep.over["seeds[1]"]: decides what the line is measured on
                [1e-3, 0.01]                  | [1e-3, -1]                       | m.yaml:23:69: spec.sweep.over: stages[1].iwda.lambdaAlign is -1; it must be at least 0
                [1e-3, 0.01]                  | [1e-3, 0.001]                    | spec.sweep.over: means the same by lambdaAlign=0.001 and by lambdaAlign=0.001; take one of them out
                stages: [{fineTune: {epochs: 2}}]\\n  sweep | stages: [{fineTune: {epochs: 2}}]\\n      strategy: {selfTraining: {}}\\n  sweep | spec.systems[name=labse]: has stages, as an experiment, and models or a strategy, as a run; keep one of both
                encoder: {location: {uri: "hf://sentence-transformers/LaBSE"}}\\n      stages | stages | m.yaml:20:7: spec.systems[name=labse]: means the same as the system zero-shot; change one of them, or take it out
                """)
    void a_benchmark_that_means_nothing_is_refused_with_a_sentence(String replaced, String by, String sentence) {
        String text = edited(replaced.replace("\\n", "\n"), by.replace("\\n", "\n"));

        assertThat(problems(text)).anySatisfy(problem -> assertThat(problem).contains(sentence));
    }

    @Test
    void what_all_systems_have_in_common_is_told_once() {
        assertThat(problems(edited("targets: [de, fr]", "targets: [en, de]"))).hasSize(1);
    }

    /// The template has no stages: it cannot have said them wrong.
    @Test
    void a_mistake_that_every_system_has_written_for_itself_is_told_where_each_has() {
        String text = """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferBenchmark
                metadata: {name: table}
                spec:
                  template:
                    task: {type: SequenceClassification}
                    data: {name: toy, location: {generated: {}}}
                    encoder: {location: {uri: "hf://xlm-roberta-base"}}
                    source: qal
                    targets: [qen]
                  systems:
                    - {name: a, stages: [{iwda: {epochs: 1}}]}
                    - {name: b, stages: [{iwda: {epochs: 2}}]}
                """;

        assertThat(problems(text))
                .filteredOn(problem -> problem.contains("stages other than pretrain"))
                .satisfiesExactly(
                        first ->
                                assertThat(first).startsWith("m.yaml:12:").contains("spec.systems[name=a].stages[0]: "),
                        second -> assertThat(second)
                                .startsWith("m.yaml:13:")
                                .contains("spec.systems[name=b].stages[0]: "));
    }

    /// An operator has no file: it reads the resource as the API server hands it on.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {iwda: {epochs: 3}}        | {iwda: {}, fineTune: {}}
                targets: [de, fr]          | targets: [en, de]
                stages[1].iwda.lambdaAlign | stages[2].iwda.lambdaAlign
                [1e-3, 0.01]               | [1e-3, -1]
                source: en                 | evaluate: {}
                """)
    void without_a_file_the_sentences_are_the_same(String replaced, String by) {
        String text = edited(replaced, by);
        JsonNode written = JSON.valueToTree(((Map<?, ?>) new Yaml().load(text)).get("spec"));

        assertThatThrownBy(() -> Benchmarks.of("table", withPartsOf(written)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(problems(text).getFirst().replaceFirst("^m.yaml:\\d+:\\d+: ", ""));
    }

    private static TransferBenchmarkSpec withPartsOf(JsonNode written) throws IOException {
        TransferBenchmarkSpec sound = spec(TABLE);
        return new TransferBenchmarkSpec(
                written.path("template"),
                JSON.readerForListOf(JsonNode.class).readValue(written.path("systems")),
                new Sweep(
                        "iwda",
                        written.path("sweep").path("over"),
                        Objects.requireNonNull(sound.sweep()).by()),
                sound.comparison(),
                null,
                null,
                sound.runtime(),
                false,
                null);
    }
}
