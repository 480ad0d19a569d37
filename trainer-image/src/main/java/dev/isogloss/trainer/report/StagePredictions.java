package dev.isogloss.trainer.report;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.task.Prediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A stage of a plan with the predictions that its evaluations left in a store.
///
/// @param seeds  the folders of predictions by language, for each seed that is done, in the seeds' order
/// @param metric the task's main score
public record StagePredictions(String name, Map<Long, Map<String, Path>> seeds, Metric metric) {

    /// @param stage null: the last that is measured
    /// @throws InvalidInput if there is no such stage, or it was not measured yet
    public static StagePredictions of(Plan plan, @Nullable String stage, Store store) {
        Map<String, List<PlannedStep>> stages = new LinkedHashMap<>();
        for (PlannedStep step : plan.steps())
            if (store.result(step.key())
                    .filter(result -> !result.scores().isEmpty())
                    .isPresent())
                stages.computeIfAbsent(step.stage(), _ -> new ArrayList<>()).add(step);
        if (stages.isEmpty())
            throw new InvalidInput("%s has no scores in the store %s yet. Run it first: isogloss run FILE."
                    .formatted(plan.name(), store.address()));
        String wanted = stage == null ? List.copyOf(stages.keySet()).getLast() : stage;
        List<PlannedStep> steps = stages.get(wanted);
        if (steps == null)
            throw new InvalidInput("%s has no measured stage \"%s\". It has %s."
                    .formatted(plan.name(), wanted, String.join(", ", stages.keySet())));
        Map<Long, Map<String, Path>> seeds = new TreeMap<>();
        Metric metric = Metric.Accuracy;
        for (PlannedStep step : steps) {
            StepResult result = store.result(step.key()).orElseThrow();
            metric = result.scores().getFirst().metric();
            Map<String, Path> languages =
                    seeds.computeIfAbsent(step.seed() == null ? -1L : step.seed(), _ -> new TreeMap<>());
            result.scores().forEach(score -> languages.putIfAbsent(score.language(), store.predictions(step.key())));
        }
        return new StagePredictions(plan.name() + " " + wanted, seeds, metric);
    }

    Set<String> languages(long seed) {
        return seeds.getOrDefault(seed, Map.of()).keySet();
    }

    /// The predictions of one seed for one language, in the examples' order; empty where there are none.
    List<Prediction> predictions(long seed, String language, String split) {
        Path folder = seeds.getOrDefault(seed, Map.of()).get(language);
        if (folder == null) return List.of();
        if (!Files.exists(Predictions.file(folder, language, split))) return List.of();
        try {
            return Predictions.read(folder, language, split);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
