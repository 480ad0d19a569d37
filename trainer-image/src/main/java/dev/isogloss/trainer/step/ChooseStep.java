package dev.isogloss.trainer.step;

import dev.isogloss.plan.Choose;
import dev.isogloss.plan.StepKey;
import dev.isogloss.plan.StepResult;
import dev.isogloss.summary.RoundRow;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The best of several models: its folder and its predictions under another key, its scores as this step's.
final class ChooseStep {
    private final Choose spec;
    private final Workbench bench;

    ChooseStep(Choose spec, Workbench bench) {
        this.spec = spec;
        this.bench = bench;
    }

    StepResult run() throws IOException {
        int best = 0;
        List<Double> scores = spec.trained().stream()
                .map(key -> Taught.selectionScore(key, bench))
                .toList();
        for (int i = 1; i < scores.size(); i++) if (scores.get(i) > scores.get(best)) best = i;
        StepKey model = spec.trained().get(best);
        StepKey measured = spec.measured().get(best);
        var store = bench.context().store();
        AtomicFiles.folder(bench.folder().model(), folder -> Links.folder(store.model(model), folder));
        AtomicFiles.folder(bench.folder().predictions(), folder -> Links.folder(store.predictions(measured), folder));
        bench.note("round %d is the best, selection score %.4f".formatted(best + 1, scores.get(best)));
        return bench.result(
                Taught.result(measured, bench).scores(),
                Map.of("round", best + 1.0, RoundRow.SELECTION_SCORE, scores.get(best)));
    }
}
