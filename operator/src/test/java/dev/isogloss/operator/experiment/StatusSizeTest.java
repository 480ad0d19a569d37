package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.ResultRow;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.api.run.CoTrainingRunStatus;
import dev.isogloss.api.task.Metric;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.client.LightSerialization;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.status.StatusSize;
import dev.isogloss.operator.views.EndedStep;
import dev.isogloss.operator.views.TrimmedReading;
import dev.isogloss.plan.Decider;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.planner.Planner;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.result.StepResult;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// However large an experiment is, its status is not.
class StatusSizeTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
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
                        done(Planner.plan(experiment.name(), experiment.spec()), null);
                    case CoTrainingRunManifest run -> run(run);
                };

        assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
    }

    /// Five seeds and three targets of tri-training over three rounds.
    private static CoTrainingRunManifest largeRun() {
        return (CoTrainingRunManifest) ManifestReader.read("m.yaml", """
                apiVersion: isogloss.dev/v1alpha1
                kind: CoTrainingRun
                metadata: {name: three}
                spec:
                  task: {type: NamedEntityRecognition}
                  data: {name: news, location: {claim: datasets, path: "{language}/{split}.txt"}}
                  models:
                    - {name: a, encoder: &e {location: {uri: "hf://xlm-roberta-base"}}, fineTune: {confidencePenalty: 1}}
                    - {name: b, encoder: *e, fineTune: {confidencePenalty: 1}, seed: 2000}
                    - {name: c, encoder: *e, fineTune: {confidencePenalty: 1}, seed: 3000}
                  source: en
                  targets: [es, de, nl]
                  seeds: [1, 2, 3, 4, 5]
                  strategy: {triTraining: {}}
                  evaluate: {ensemble: true}
                """).getFirst();
    }

    @Test
    void a_run_of_fifteen_hundred_steps_fits() {
        CoTrainingRunManifest manifest = largeRun();

        assertThat(Planner.plan("three", manifest.spec()).steps()).hasSizeBetween(1_400, 1_600);
        assertThat(StatusSize.bytes(run(manifest))).isLessThanOrEqualTo(MOST);
    }

    /// Steps are read from the bytes that a cache keeps of them, twice, as a pass does. What a pass takes is reported,
    /// and compared with nothing: machines differ.
    @Test
    void a_pass_over_a_run_of_fifteen_hundred_steps_finds_all_that_the_cache_kept(TestReporter reporter) {
        CoTrainingRunManifest manifest = largeRun();
        Plan plan = Planner.plan("three", manifest.spec());
        ExperimentView all = view(plan, null);
        var client = new LightSerialization(new TrimmedReading());
        var list = new DefaultKubernetesResourceList<TrainingStep>();
        list.setItems(List.copyOf(all.steps().values()));
        List<TrainingStep> kept = client.unmarshal(
                        new ByteArrayInputStream(client.asJson(list).getBytes(StandardCharsets.UTF_8)),
                        new TypeReference<DefaultKubernetesResourceList<TrainingStep>>() {})
                .getItems();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        double[] milliseconds = IntStream.range(0, 60)
                .mapToDouble(_ -> {
                    long began = threads.getCurrentThreadCpuTime();
                    pass(plan, all.storage(), kept, client);
                    return (threads.getCurrentThreadCpuTime() - began) / 1e6;
                })
                .skip(40)
                .sorted()
                .toArray();

        assertThat(kept).hasSize(plan.steps().size()).allMatch(EndedStep.class::isInstance);
        reporter.publishEntry("median milliseconds of the processor", "%.1f".formatted(milliseconds[10]));
    }

    private static void pass(Plan plan, Storage store, List<TrainingStep> kept, LightSerialization client) {
        Map<String, TrainingStep> named = new HashMap<>();
        List<TrainingStep> owned = new ArrayList<>();
        for (TrainingStep step : kept) {
            TrainingStep whole = client.clone(step);
            named.put(whole.getMetadata().getName(), whole);
            owned.add(client.clone(step));
        }
        Map<StepKey, TrainingStep> steps = new HashMap<>();
        for (PlannedStep planned : plan.steps())
            steps.put(planned.key(), Objects.requireNonNull(named.get(ExperimentView.nameOf(planned, store))));
        ExperimentView view = view(plan, store, steps, owned);
        CoTrainingRun fresh = run(view);
        assertThat(Objects.requireNonNull(fresh.getStatus()).common().progress())
                .isEqualTo("%1$d/%1$d".formatted(kept.size()));
    }

    private static Object run(CoTrainingRunManifest manifest) {
        Plan plan = Planner.plan(manifest.name(), manifest.spec());
        ExperimentView view = view(plan, null);
        return Objects.requireNonNull(run(view).getStatus());
    }

    private static CoTrainingRun run(ExperimentView view) {
        Map<StepKey, StepResult> results = StepResults.of(view);
        CoTrainingRuns runs = new CoTrainingRuns();
        ExperimentStatus common = ExperimentStatuses.next(view, decided(view), runs.extra(view.plan(), results), NOW);
        return runs.withStatus(common, view.plan(), results);
    }

    /// All but those that are scored on many draws of a split, a picture's points: a table of these is nothing to look
    /// at, and `isogloss report` reads them from the store.
    @Test
    void the_documented_experiments_show_every_row_they_have() throws IOException {
        List<String> shortened = examples()
                .flatMap(manifest -> manifest instanceof TransferExperimentManifest(var name, var _, var spec)
                                && spec.common().evaluate().splits().size() < MANY_DRAWS
                                && shortened(done(Planner.plan(name, spec), null))
                                        .isPresent()
                        ? Stream.of(name)
                        : Stream.empty())
                .toList();

        assertThat(shortened).isEmpty();
    }

    @Test
    void what_fits_is_there() {
        ExperimentStatus status = done(plan(20, 2, "[dev, test]"), null);

        assertThat(shortened(status)).isEmpty();
        assertThat(status.results()).hasSize(2 * 2 * 22);
    }

    @Test
    void first_single_languages_of_other_splits_than_test_are_left_out() {
        ExperimentStatus status = done(plan(100, 3, "[dev, test]"), null);

        assertThat(rows(status, "dev", "a")).containsExactly("average");
        assertThat(rows(status, "test", "a")).hasSize(102);
        assertThat(shortened(status).orElseThrow().message())
                .startsWith(3 * 101 + " results are not listed here, for a resource must stay small;");
    }

    @Test
    void then_single_languages_of_all_stages_but_the_last() {
        ExperimentStatus status = done(plan(120, 8, "[dev, test]"), null);

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
        ExperimentStatus status = done(plan(128, 16, "[dev, test, train]"), null);

        assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
        assertThat(status.results()).isNotEmpty().anyMatch(row -> row.language().equals("average"));
        assertThat(shortened(status)).isPresent();
    }

    @Test
    void a_long_complaint_in_any_script_leaves_room_for_itself() {
        ExperimentStatus status = done(plan(128, 16, "[dev, test]"), "行 17 に、\u0007\"ラベル\"がありません。".repeat(400));

        assertThat(StatusSize.bytes(status)).isLessThanOrEqualTo(MOST);
        assertThat(Conditions.find(status.conditions(), ConditionType.Failed)
                        .orElseThrow()
                        .message())
                .contains("行 17 に、 \"ラベル\"がありません。")
                .endsWith(" …");
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

    /// Everything is done; or, with a complaint, everything but the last step, which failed with it.
    private static ExperimentStatus done(Plan plan, @Nullable String complaint) {
        ExperimentView view = view(plan, complaint);
        return ExperimentStatuses.next(view, decided(view), ExperimentKind.Extra.NONE, NOW);
    }

    private static PlanExecution.Outcome decided(ExperimentView view) {
        return new PlanExecution.Outcome(Decider.decide(view.observation()), Optional.empty());
    }

    private static ExperimentView view(Plan plan, @Nullable String complaint) {
        Storage store = StepFixtures.spec().storage();
        ExperimentView empty = view(plan, store, Map.of());
        Map<StepKey, TrainingStep> steps = new HashMap<>();
        for (PlannedStep planned : plan.steps()) {
            boolean fails = complaint != null && planned.equals(plan.steps().getLast());
            TrainingStep step = new TrainingStep();
            step.setMetadata(new ObjectMetaBuilder()
                    .withName(empty.nameOf(planned))
                    .withGeneration(1L)
                    .build());
            step.setSpec(TrainingStepSpecs.spec(empty, planned, 0));
            step.setStatus(fails ? failed(Objects.requireNonNull(complaint)) : done(planned.spec()));
            steps.put(planned.key(), StepFixtures.ownedBy(step, "me", true));
        }
        return view(plan, store, steps);
    }

    private static ExperimentView view(Plan plan, Storage store, Map<StepKey, TrainingStep> steps) {
        return view(plan, store, steps, List.copyOf(steps.values()));
    }

    private static ExperimentView view(
            Plan plan, Storage store, Map<StepKey, TrainingStep> steps, List<TrainingStep> owned) {
        var before = new ExperimentStatus(Phase.Running, 1L, null, null, null, null, null, null, null);
        return new ExperimentView(
                new Owner("isogloss.dev/v1alpha1", "TransferExperiment", "lab", "e", "me", "2026-01-01T00:00:00Z"),
                1,
                plan,
                Locations.NONE,
                new Runtime(null, null, null, 4, null, 3, null, 1000000, null, 86400, null),
                store,
                false,
                before,
                steps,
                owned);
    }

    private static TrainingStepStatus failed(String complaint) {
        List<Condition> conditions = new Conditions(null, 1, NOW)
                .set(ConditionType.Failed, true, Reason.InvalidInput, complaint)
                .list();
        return new TrainingStepStatus(
                Phase.Failed, 1L, conditions, "job", 1, false, null, null, false, null, null, null, null);
    }

    /// As much as a step of this kind can say.
    private static TrainingStepStatus done(StepSpec spec) {
        List<StepScore> scores = new ArrayList<>();
        if (spec instanceof EvaluateStep measured)
            for (String language : measured.languages())
                for (String split : measured.splits())
                    scores.add(new StepScore(language, split, Metric.Accuracy.name(), "0.51941234", 2000));
        List<Condition> conditions = new Conditions(null, 1, NOW)
                .set(ConditionType.Complete, true, Reason.ResultRecorded, "its result is in the store")
                .list();
        Map<String, String> facts = Map.of("labelled", "20000", "confident", "12000", "selected", "3333");
        return new TrainingStepStatus(
                Phase.Succeeded,
                1L,
                conditions,
                "job",
                1,
                false,
                scores,
                facts,
                false,
                null,
                null,
                null,
                "2026-01-02T00:00:00Z");
    }
}
