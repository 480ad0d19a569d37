package dev.isogloss.trainer.step.measure;

import dev.isogloss.plan.step.ChooseCandidateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.step.StepOutput;
import java.util.List;

/// Reads the scores of all candidates and says which has the highest mean, the first of equals.
public record ChooseCandidateRunner(ChooseCandidateStep spec, StepInputs inputs) {

    public StepResult run() {
        List<Double> means = spec.candidates().stream().map(this::mean).toList();
        int best = 0;
        for (int i = 1; i < means.size(); i++) if (means.get(i) > means.get(best)) best = i;
        StepOutput output = inputs.prove();
        StepJournal journal = inputs.journal();
        for (int i = 0; i < means.size(); i++) journal.fact(Fact.Candidate, String.valueOf(i + 1), means.get(i));
        journal.fact(Fact.Choice, best + 1.0);
        journal.note("candidate %d of %d is the best, %s on %s %.4f"
                .formatted(best + 1, means.size(), spec.metric(), spec.split(), means.get(best)));
        return output.result(List.of());
    }

    private double mean(List<StepKey> evaluations) {
        return evaluations.stream()
                .flatMap(key -> inputs.result(key).scores().stream())
                .filter(this::counts)
                .mapToDouble(Score::value)
                .average()
                .orElseThrow(() -> new IllegalStateException("no score of %s by %s on %s among those of %s"
                        .formatted(spec.languages(), spec.metric(), spec.split(), evaluations)));
    }

    private boolean counts(Score score) {
        return score.metric() == spec.metric()
                && score.split().equals(spec.split())
                && spec.languages().contains(score.language());
    }
}
