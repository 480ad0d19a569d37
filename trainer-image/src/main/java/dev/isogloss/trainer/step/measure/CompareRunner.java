package dev.isogloss.trainer.step.measure;

import dev.isogloss.plan.step.CompareStep;
import dev.isogloss.plan.step.ComparedSide;
import dev.isogloss.plan.step.SeedEvaluations;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.ComparedSystem;
import dev.isogloss.report.ComparedSystem.Outcome;
import dev.isogloss.report.Comparison;
import dev.isogloss.report.statistics.PairedComparison;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.step.PairedPredictions;
import dev.isogloss.trainer.step.StepInputs;
import dev.isogloss.trainer.step.StepJournal;
import dev.isogloss.trainer.step.StepOutput;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Compares the predictions of two systems as `isogloss compare` does. Its facts are short, so that those of more
/// than a hundred languages fit into a pod's last message; all digits are in the file beside them.
public record CompareRunner(CompareStep spec, StepInputs inputs) {
    /// Digits behind the point: a hundredth of a per cent, and every p of ten thousand samples.
    private static final int SCORE = 4;

    private static final int PROBABILITY = 5;

    public StepResult run() throws IOException {
        Comparison comparison = Comparison.of(
                system("baseline", spec.baseline()),
                system("system", spec.system()),
                spec.split(),
                spec.averaged(),
                spec.resamples(),
                name -> RandomStream.of(spec.seed(), name));
        StepOutput output = inputs.prove();
        AtomicFiles.folder(
                output.folder().comparison(),
                folder -> AtomicFiles.write(folder.resolve("comparison.json"), comparison.json() + "\n"));
        comparison.rows().forEach(this::keep);
        return output.result(List.of());
    }

    private void keep(String language, PairedComparison row) {
        StepJournal journal = inputs.journal();
        journal.fact(Fact.Difference, language, rounded(row.difference(), SCORE));
        journal.fact(Fact.Low, language, rounded(row.low(), SCORE));
        journal.fact(Fact.High, language, rounded(row.high(), SCORE));
        journal.fact(Fact.Probability, language, rounded(row.pRandomisation(), PROBABILITY));
    }

    private static double rounded(double value, int places) {
        return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).doubleValue();
    }

    private ComparedSystem system(String name, ComparedSide side) {
        Map<Long, Map<String, List<Outcome>>> outcomes = new TreeMap<>();
        for (SeedEvaluations seed : side.candidates().get(chosen(side)))
            outcomes.put(seed.seed(), outcomes(seed.evaluations()));
        return new ComparedSystem(name, spec.metric(), outcomes);
    }

    private int chosen(ComparedSide side) {
        if (side.choice() == null) return 0;
        return (int) inputs.result(side.choice()).facts().get(Fact.Choice).orElseThrow() - 1;
    }

    private Map<String, List<Outcome>> outcomes(List<StepKey> evaluations) {
        Map<String, List<Outcome>> languages = new TreeMap<>();
        for (StepKey key : evaluations)
            for (String language : spec.languages()) {
                List<Outcome> outcomes =
                        PairedPredictions.outcomes(inputs.predictions(key), language, spec.split(), spec.metric());
                if (!outcomes.isEmpty()) languages.put(language, outcomes);
            }
        return languages;
    }
}
