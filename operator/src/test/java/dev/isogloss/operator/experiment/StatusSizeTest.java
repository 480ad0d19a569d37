package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.benchmark.TransferBenchmarkStatus;
import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.ResultRow;
import dev.isogloss.api.run.CoTrainingRunStatus;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.status.StatusSize;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// However large an experiment is, its status is not.
class StatusSizeTest {
    private static final int MOST = 64 * 1024;
    private static final int MANY_DRAWS = 18;

    private static Stream<Manifest> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> ManifestReader.check(file).manifests().stream())
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_fits_when_all_of_it_is_done(Manifest manifest) {
        Object status =
                switch (manifest) {
                    case TransferExperimentManifest experiment ->
                        WholePlans.done(Planner.plan(experiment.name(), experiment.spec()), null);
                    case CoTrainingRunManifest run -> run(run);
                    case TransferBenchmarkManifest table -> WholePlans.benchmark(table, Map.of());
                };

        assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
    }

    @Test
    void a_run_of_fifteen_hundred_steps_fits() {
        CoTrainingRunManifest manifest = WholePlans.largeRun();

        assertThat(Planner.plan("three", manifest.spec()).steps()).hasSizeBetween(1_400, 1_600);
        assertThat(StatusSize.bytes(run(manifest))).isLessThanOrEqualTo(MOST);
    }

    private static Object run(CoTrainingRunManifest manifest) {
        Plan plan = Planner.plan(manifest.name(), manifest.spec());
        ExperimentView view = WholePlans.view(plan, null);
        return Objects.requireNonNull(WholePlans.run(view).getStatus());
    }

    /// All but those that are scored on many draws of a split, a picture's points: a table of these is nothing to look
    /// at, and `isogloss report` reads them from the store.
    @Test
    void the_documented_experiments_show_every_row_they_have() throws IOException {
        List<String> shortened = examples()
                .flatMap(manifest -> manifest instanceof TransferExperimentManifest(var name, var _, var _, var spec)
                                && spec.common().evaluate().splits().size() < MANY_DRAWS
                                && shortened(WholePlans.done(Planner.plan(name, spec), null))
                                        .isPresent()
                        ? Stream.of(name)
                        : Stream.empty())
                .toList();

        assertThat(shortened).isEmpty();
    }

    @Test
    void what_fits_is_there() {
        ExperimentStatus status = WholePlans.done(plan(20, 2, "[dev, test]"), null);

        assertThat(shortened(status)).isEmpty();
        assertThat(status.results()).hasSize(2 * 2 * 22);
    }

    @Test
    void first_single_languages_of_other_splits_than_test_are_left_out() {
        ExperimentStatus status = WholePlans.done(plan(100, 3, "[dev, test]"), null);

        assertThat(rows(status, "dev", "a")).containsExactly("average");
        assertThat(rows(status, "test", "a")).hasSize(102);
        assertThat(shortened(status).orElseThrow().message())
                .startsWith(3 * 101 + " results are not listed here, for a resource must stay small;");
    }

    @Test
    void then_single_languages_of_all_stages_but_the_last() {
        ExperimentStatus status = WholePlans.done(plan(120, 8, "[dev, test]"), null);

        assertThat(rows(status, "dev", "h")).containsExactly("average");
        assertThat(rows(status, "test", "g")).containsExactly("average");
        assertThat(rows(status, "test", "h")).hasSize(122);
        assertThat(status.best()).contains("average");
        assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
    }

    private static CoTrainingRunManifest triTraining(int targets) {
        String languages =
                IntStream.range(0, targets).mapToObj("l%03d"::formatted).collect(Collectors.joining(", "));
        return (CoTrainingRunManifest)
                ManifestReader.read("m.yaml", """
                apiVersion: isogloss.dev/v1alpha1
                kind: CoTrainingRun
                metadata: {name: large}
                spec:
                  task: {type: NamedEntityRecognition}
                  data: {name: toy, location: {uri: "https://example.org/{language}/{split}.txt"}}
                  models:
                    - {name: a, encoder: &e {location: {uri: "hf://org/encoder"}}}
                    - {name: b, encoder: *e, seed: 2000}
                    - {name: c, encoder: *e, seed: 3000}
                  source: en
                  targets: [%s]
                  strategy: {triTraining: {rounds: 1, distillation: {fraction: [1]}}}
                  evaluate: {splits: [dev, test], ensemble: true, otherTargets: true}
                """.formatted(languages)).getFirst();
    }

    @Test
    void models_for_one_target_each_keep_the_row_of_their_target_longest() {
        CoTrainingRunStatus status = (CoTrainingRunStatus) run(triTraining(5));

        assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
        for (String split : List.of("dev", "test"))
            assertThat(rows(status.common(), split, "models l002")).contains("l002");
        assertThat(shortened(status.common())).isPresent();
    }

    @Test
    void many_targets_with_a_mean_of_their_models_stay_small() {
        CoTrainingRunStatus status = (CoTrainingRunStatus) run(triTraining(20));

        assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
        assertThat(rows(status.common(), "test", "models l019")).containsExactly("l019");
    }

    private static List<String> rows(ExperimentStatus status, String split, String stage) {
        return Objects.requireNonNull(status.results()).stream()
                .filter(row -> row.split().equals(split) && row.stage().equals(stage))
                .map(ResultRow::language)
                .toList();
    }

    @Test
    void the_largest_that_the_rules_allow_keeps_its_averages() {
        ExperimentStatus status = WholePlans.done(plan(128, 16, "[dev, test, train]"), null);

        assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
        assertThat(status.results()).isNotEmpty().anyMatch(row -> row.language().equals("average"));
        assertThat(shortened(status)).isPresent();
    }

    @Test
    void a_long_complaint_in_any_script_leaves_room_for_itself() {
        ExperimentStatus status =
                WholePlans.done(plan(128, 16, "[dev, test]"), "行 17 に、\u0007\"ラベル\"がありません。".repeat(400));

        assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
        assertThat(Conditions.find(status.conditions(), ConditionType.Failed)
                        .orElseThrow()
                        .message())
                .contains("行 17 に、 \"ラベル\"がありません。")
                .endsWith(" …");
    }

    @Test
    void the_largest_benchmark_that_the_rules_allow_keeps_its_systems_and_their_averages() {
        TransferBenchmarkManifest manifest = benchmark(64, 128);
        Map<StepKey, String> failures = new HashMap<>();
        Planner.plan("large", manifest.spec())
                .steps()
                .forEach(step -> failures.put(step.key(), "no room on any node. ".repeat(40)));

        for (Map<StepKey, String> failed : List.of(Map.<StepKey, String>of(), failures)) {
            TransferBenchmarkStatus status = WholePlans.benchmark(manifest, failed);

            assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
            assertThat(status.systems()).hasSize(64);
            assertThat(status.common().results())
                    .extracting(ResultRow::language)
                    .contains("average");
            assertThat(shortened(status.common())).isPresent();
        }
    }

    @Test
    void a_large_benchmark_keeps_the_single_languages_of_its_baseline_longest() {
        TransferBenchmarkStatus status = WholePlans.benchmark(benchmark(32, 64), Map.of());

        assertThat(rows(status.common(), "test", "system-with-a-long-name-00")).hasSize(66);
        assertThat(rows(status.common(), "test", "system-with-a-long-name-31")).containsExactly("average");
        assertThat(shortened(status.common())).isPresent();
    }

    @Test
    void a_paper_s_table_fits_whole() {
        TransferBenchmarkStatus status = WholePlans.benchmark(benchmark(7, 5), Map.of());

        assertThat(shortened(status.common())).isEmpty();
        assertThat(status.common().results()).hasSize(7 * 7);
        assertThat(status.differences()).hasSize(6 * 7);
        assertThat(status.systemsDone()).isEqualTo("7/7");
    }

    private static TransferBenchmarkManifest benchmark(int systems, int targets) {
        String languages =
                IntStream.range(0, targets).mapToObj("l%03d"::formatted).collect(Collectors.joining(", "));
        String lines = IntStream.range(0, systems)
                .mapToObj(i -> "    - {name: system-with-a-long-name-%02d, stages: [{fineTune: {epochs: %d}}]}"
                        .formatted(i, i + 1))
                .collect(Collectors.joining("\n"));
        return (TransferBenchmarkManifest)
                ManifestReader.read("m.yaml", """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferBenchmark
                metadata: {name: large}
                spec:
                  template:
                    task: {type: SequenceClassification}
                    data: {name: toy, location: {uri: "https://example.org/{language}/{split}.jsonl"}}
                    encoder: {location: {uri: "hf://org/encoder"}}
                    source: en
                    targets: [%s]
                    seeds: [1, 2]
                  systems:
                %s
                  comparison: {baseline: system-with-a-long-name-00}
                """.formatted(languages, lines)).getFirst();
    }

    private static Optional<Condition> shortened(ExperimentStatus status) {
        return Conditions.find(status.conditions(), ConditionType.Shortened);
    }

    /// One seed; stages `a`, `b`, ...; languages `l000`, `l001`, ...
    private static Plan plan(int targets, int stages, String splits) {
        String languages =
                IntStream.range(0, targets).mapToObj("l%03d"::formatted).collect(Collectors.joining(", "));
        String list = IntStream.range(0, stages)
                .mapToObj(stage -> "{name: '%c', fineTune: {epochs: 1}}".formatted('a' + stage))
                .collect(Collectors.joining(", "));
        Manifest manifest = ManifestReader.read("m.yaml", """
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferExperiment
                metadata: {name: large}
                spec:
                  task: {type: SequenceClassification}
                  data: {name: toy, location: {uri: "https://example.org/{language}/{split}.jsonl"}}
                  encoder: {location: {uri: "hf://org/encoder"}}
                  source: en
                  targets: [%s]
                  seeds: [1, 2]
                  stages: [%s]
                  evaluate: {splits: %s}
                """.formatted(languages, list, splits))
                .getFirst();
        return Planner.plan("large", ((TransferExperimentManifest) manifest).spec());
    }
}
