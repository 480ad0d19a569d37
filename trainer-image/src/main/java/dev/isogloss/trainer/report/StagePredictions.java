package dev.isogloss.trainer.report;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.ComparedSystem;
import dev.isogloss.report.ComparedSystem.Outcome;
import dev.isogloss.report.PeerStages;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.PairedPredictions;
import dev.isogloss.trainer.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The predictions that evaluations of a stage left in a store, as a system to compare.
public final class StagePredictions {
    private StagePredictions() {}

    /// An evaluation, and the seed by which it is paired with one of another system.
    private record Measured(StepKey key, long seed) {}

    /// The stages that were measured, in the plan's order; [#read] reads the last of them where none is named.
    public static List<String> stages(Plan plan, Store store) {
        return List.copyOf(measured(plan, store).keySet());
    }

    /// @param stage null: the last that is measured. The name of a mean over models that teach each other, as `models
    ///              es`, stands for all of them, told apart by the seeds of their first weights
    /// @throws InvalidInput if there is no such stage, or it was not measured yet
    public static ComparedSystem read(Plan plan, @Nullable String stage, String split, Store store) {
        Map<String, List<Measured>> stages = measured(plan, store);
        if (stages.isEmpty())
            throw new InvalidInput("%s has no scores in the store %s yet. Run it first: isogloss run FILE."
                    .formatted(plan.name(), store.address()));
        String wanted = stage == null ? List.copyOf(stages.keySet()).getLast() : stage;
        PeerStages.of(plan).stages().forEach((mean, members) -> {
            if (stages.keySet().containsAll(members)) stages.put(mean, peers(members, stages, plan));
        });
        List<Measured> evaluations = stages.get(wanted);
        if (evaluations == null)
            throw new InvalidInput("%s has no measured stage \"%s\". It has %s."
                    .formatted(plan.name(), wanted, String.join(", ", stages.keySet())));
        Map<Long, Map<String, List<Outcome>>> outcomes = new TreeMap<>();
        Metric metric = Metric.Accuracy;
        for (Measured evaluation : evaluations) {
            StepResult result = store.result(evaluation.key()).orElseThrow();
            metric = result.scores().getFirst().metric();
            Map<String, List<Outcome>> languages = outcomes.computeIfAbsent(evaluation.seed(), _ -> new TreeMap<>());
            for (Score score : result.scores())
                if (!languages.containsKey(score.language()))
                    languages.put(
                            score.language(),
                            PairedPredictions.outcomes(
                                    store.predictions(evaluation.key()), score.language(), split, metric));
        }
        return new ComparedSystem(plan.name() + " " + wanted, metric, outcomes);
    }

    private static Map<String, List<Measured>> measured(Plan plan, Store store) {
        Map<String, List<Measured>> stages = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps())
            if (store.result(step.key())
                    .filter(result -> !result.scores().isEmpty())
                    .isPresent())
                for (String stage : step.stages())
                    stages.computeIfAbsent(stage, _ -> new ArrayList<>())
                            .add(new Measured(step.key(), step.seed() == null ? -1 : step.seed()));
        return stages;
    }

    private static List<Measured> peers(List<String> members, Map<String, List<Measured>> stages, Plan plan) {
        return members.stream()
                .flatMap(member -> stages.getOrDefault(member, List.of()).stream())
                .map(one -> new Measured(one.key(), plan.firstSeed(one.key())))
                .toList();
    }
}
