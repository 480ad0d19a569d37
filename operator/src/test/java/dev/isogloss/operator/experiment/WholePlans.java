package dev.isogloss.operator.experiment;

import dev.isogloss.api.benchmark.TransferBenchmarkStatus;
import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.api.task.Metric;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.experiment.ExperimentKind.Shown;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.plan.Decider;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ChooseCandidateStep;
import dev.isogloss.plan.step.CompareStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.planner.Planner;
import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferBenchmark;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Experiments and runs whose plans are done, every step with as much to say as one of its kind can have.
final class WholePlans {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private WholePlans() {}

    /// Five seeds and three targets of tri-training over three rounds.
    static CoTrainingRunManifest largeRun() {
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

    static CoTrainingRun run(ExperimentView view) {
        PlanResults results = new PlanResults(view.plan(), StepResults.of(view), Map.of());
        Shown<CoTrainingRun> shown = new CoTrainingRuns().shown(results);
        return shown.with().apply(ExperimentStatuses.next(view, decided(view), shown, NOW));
    }

    /// Everything of a benchmark is done.
    ///
    /// @param failures that its systems tell of all the same, by step
    static TransferBenchmarkStatus benchmark(TransferBenchmarkManifest manifest, Map<StepKey, String> failures) {
        ExperimentView view = view(Planner.plan(manifest.name(), manifest.spec()), null);
        PlanResults results = new PlanResults(view.plan(), StepResults.of(view), failures);
        Shown<TransferBenchmark> shown = new TransferBenchmarks().shown(results);
        ExperimentStatus common = ExperimentStatuses.next(view, decided(view), shown, NOW);
        return Objects.requireNonNull(shown.with().apply(common).getStatus());
    }

    /// Everything is done; or, with a complaint, everything but the last step, which failed with it.
    static ExperimentStatus done(Plan plan, @Nullable String complaint) {
        ExperimentView view = view(plan, complaint);
        return ExperimentStatuses.next(view, decided(view), common(view), NOW);
    }

    /// A kind that adds nothing to the common status.
    static Shown<TransferExperiment> common(ExperimentView view) {
        return new TransferExperiments().shown(new PlanResults(view.plan(), StepResults.of(view), Map.of()));
    }

    private static PlanExecution.Outcome decided(ExperimentView view) {
        return new PlanExecution.Outcome(Decider.decide(view.observation()), Optional.empty());
    }

    static ExperimentView view(Plan plan, @Nullable String complaint) {
        Storage store = StepFixtures.spec().storage();
        ExperimentView empty = view(plan, store, Map.of(), List.of());
        Map<StepKey, TrainingStep> steps = new HashMap<>();
        for (PlannedStep planned : plan.steps()) {
            boolean fails = complaint != null && planned.equals(plan.steps().getLast());
            TrainingStep step = new TrainingStep();
            step.setMetadata(new ObjectMetaBuilder()
                    .withName(empty.nameOf(planned))
                    .withGeneration(1L)
                    .build());
            step.setSpec(TrainingStepSpecs.spec(empty, planned, 0, List.of()));
            step.setStatus(fails ? failed(Objects.requireNonNull(complaint)) : done(planned.spec()));
            steps.put(planned.key(), StepFixtures.ownedBy(step, "me", true));
        }
        return view(plan, store, steps, List.copyOf(steps.values()));
    }

    static ExperimentView view(Plan plan, Storage store, Map<StepKey, TrainingStep> steps, List<TrainingStep> owned) {
        var before = new ExperimentStatus(Phase.Running, 1L, null, null, null, null, null, null, null);
        return new ExperimentView(
                new Owner("isogloss.dev/v1alpha1", "TransferExperiment", "lab", "e", "me", "2026-01-01T00:00:00Z"),
                1,
                plan,
                InputLocations.NONE,
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
        Map<String, String> facts =
                new TreeMap<>(Map.of("labelled", "20000", "confident", "12000", "selected", "3333"));
        if (spec instanceof ChooseCandidateStep) facts.put("choice", "2");
        if (spec instanceof CompareStep compare)
            Stream.concat(compare.languages().stream(), Stream.of("average")).forEach(language -> {
                facts.put("difference." + language, "0.0107");
                facts.put("low." + language, "-0.00123");
                facts.put("high." + language, "0.02361");
                facts.put("probability." + language, "0.0423");
            });
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
