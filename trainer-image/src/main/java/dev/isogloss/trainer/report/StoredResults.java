package dev.isogloss.trainer.report;

import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Shifts;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The results that a store holds of a plan's steps.
public final class StoredResults {
    private StoredResults() {}

    public static Map<StepKey, StepResult> of(Plan plan, Store store) {
        Map<StepKey, StepResult> results = new HashMap<>();
        for (PlannedStep step : plan.steps())
            store.result(step.key()).ifPresent(result -> results.put(step.key(), result));
        return results;
    }

    /// The findings of all analyses that are done.
    public static List<Shifts.Point> shifts(Plan plan, Store store) {
        List<Shifts.Point> points = new ArrayList<>();
        for (PlannedStep step : plan.steps())
            if (step.spec() instanceof AnalyseStep && store.isDone(step.key()))
                points.addAll(analysis(store, step.key()).points());
        return points;
    }

    /// The shift of every layer that analyses have measured.
    public static List<Shifts.Layer> layers(Plan plan, Store store) {
        List<Shifts.Layer> layers = new ArrayList<>();
        for (PlannedStep step : plan.steps())
            if (step.spec() instanceof AnalyseStep && store.isDone(step.key()))
                layers.addAll(analysis(store, step.key()).layers());
        return layers;
    }

    private static Shifts analysis(Store store, StepKey key) {
        try {
            byte[] json = Files.readAllBytes(store.made(key, "analysis").resolve("analysis.json"));
            return StoreJson.MAPPER.readValue(json, Shifts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
