package dev.isogloss.trainer.step.rounds;

import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.RoundRow;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.HardLinks;
import dev.isogloss.trainer.step.StepSession;
import dev.isogloss.trainer.step.inputs.PseudoLabelSplits;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The best of several models: its folder and its predictions under another key, its scores as this step's.
public final class ChooseBestRoundRunner {
    private final ChooseBestRoundStep spec;
    private final StepSession bench;

    public ChooseBestRoundRunner(ChooseBestRoundStep spec, StepSession bench) {
        this.spec = spec;
        this.bench = bench;
    }

    public StepResult run() throws IOException {
        int best = 0;
        List<Double> scores = spec.models().stream()
                .map(key -> PseudoLabelSplits.selectionScore(key, bench))
                .toList();
        for (int i = 1; i < scores.size(); i++) if (scores.get(i) > scores.get(best)) best = i;
        StepKey model = spec.models().get(best);
        StepKey measured = spec.evaluations().get(best);
        var store = bench.context().store();
        AtomicFiles.folder(bench.folder().model(), folder -> HardLinks.folder(store.model(model), folder));
        AtomicFiles.folder(
                bench.folder().predictions(), folder -> HardLinks.folder(store.predictions(measured), folder));
        bench.note("round %d is the best, selection score %.4f".formatted(best + 1, scores.get(best)));
        return bench.result(
                PseudoLabelSplits.result(measured, bench).scores(),
                Map.of("round", best + 1.0, RoundRow.SELECTION_SCORE, scores.get(best)));
    }
}
