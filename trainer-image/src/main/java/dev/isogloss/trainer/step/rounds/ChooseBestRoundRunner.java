package dev.isogloss.trainer.step.rounds;

import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.HardLinks;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.step.inputs.EarlyStopOfRounds;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.util.List;

/// The best of several models: its folder and its predictions under another key, its scores as this step's.
public final class ChooseBestRoundRunner {
    private final ChooseBestRoundStep spec;
    private final StepInputs inputs;

    public ChooseBestRoundRunner(ChooseBestRoundStep spec, StepInputs inputs) {
        this.spec = spec;
        this.inputs = inputs;
    }

    public StepResult run() throws IOException {
        int best = 0;
        List<Double> scores = spec.models().stream()
                .map(key -> EarlyStopOfRounds.selectionScore(key, inputs))
                .toList();
        for (int i = 1; i < scores.size(); i++) if (scores.get(i) > scores.get(best)) best = i;
        StepKey model = spec.models().get(best);
        StepKey measured = spec.evaluations().get(best);
        StepOutput output = inputs.prove();
        AtomicFiles.folder(output.folder().model(), folder -> HardLinks.folder(inputs.model(model), folder));
        AtomicFiles.folder(
                output.folder().predictions(), folder -> HardLinks.folder(inputs.predictions(measured), folder));
        StepJournal journal = inputs.journal();
        journal.note("round %d is the best, selection score %.4f".formatted(best + 1, scores.get(best)));
        journal.fact(Fact.Round, best + 1.0);
        journal.fact(Fact.SelectionScore, scores.get(best));
        return output.result(inputs.result(measured).scores());
    }
}
