package dev.isogloss.trainer.report;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.figure.Figure.Histogram;
import dev.isogloss.trainer.figure.Figure.Sample;
import dev.isogloss.trainer.pseudolabel.TrustedLabels;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// The labels that tri-training begins with: those that the first model of the first seed gives the pool of each target
/// after its warm-up. Their losses, and the lengths of the sentences that are trusted (Bari et al. 2021, figures 4 to
/// 6).
final class PseudoLabelFigures {
    private final ReportedExperiment run;
    private final List<FigureSketch> figures = new ArrayList<>();

    private PseudoLabelFigures(ReportedExperiment run) {
        this.run = run;
    }

    static List<FigureSketch> of(ReportedExperiment run) {
        PseudoLabelFigures drawn = new PseudoLabelFigures(run);
        Set<String> seen = new LinkedHashSet<>();
        for (PlannedStep step : run.plan().steps())
            if (step.spec() instanceof PredictPoolStep pool
                    && pool.copies() == null
                    && run.results().containsKey(step.key())
                    && seen.add(String.join("+", pool.languages())))
                drawn.agreement(step.key()).ifPresent(agree -> drawn.add(step, pool, agree));
        return drawn.figures;
    }

    /// The first step that reads the labels and decides which of them are trusted.
    private Optional<AgreeStep> agreement(StepKey labels) {
        return run.plan().steps().stream()
                .filter(step -> step.spec() instanceof AgreeStep agree
                        && agree.predictions().contains(labels))
                .map(step -> (AgreeStep) step.spec())
                .findFirst();
    }

    private void add(PlannedStep step, PredictPoolStep pool, AgreeStep agree) {
        List<LabelledText> texts = new ArrayList<>();
        for (String language : pool.languages())
            texts.addAll(LabelledText.read(run.store().predictions(step.key()), language, pool.split()));
        boolean words = pool.task().type().labelsWords();
        String what = "pseudo-labels, " + String.join("+", pool.languages());
        String where = "Of model %s, seed %s, on the split %s before the first round."
                .formatted(
                        step.rounds().stream().map(Round::name).findFirst().orElse(step.stage()),
                        step.seed(),
                        pool.split());
        figures.addAll(new LossFigures(texts, words).of(what, where));
        if (words) figures.add(lengths(texts, trusted(texts, agree), what, where));
    }

    private static FigureSketch lengths(List<LabelledText> texts, TrustedLabels trusted, String what, String where) {
        Sample all = new Sample("all", units(IntStream.range(0, texts.size()), texts));
        Sample kept = new Sample("trusted", units(trusted.kept().stream(), texts));
        return new FigureSketch(
                "lengths of sentences with " + what,
                title -> new Histogram(title, "words", "sentences", 1, List.of(all, kept)),
                where + " Trusted are those that distillation keeps, before a second model has to agree.");
    }

    private static double[] units(IntStream places, List<LabelledText> texts) {
        return places.mapToDouble(place -> texts.get(place).units()).toArray();
    }

    private static TrustedLabels trusted(List<LabelledText> texts, AgreeStep agree) {
        Double fraction = agree.fraction();
        Double posterior = agree.posterior();
        if (fraction != null)
            return TrustedLabels.mostConfident(
                    texts.stream().mapToDouble(LabelledText::confidence).toArray(), fraction);
        if (posterior != null)
            return TrustedLabels.lowLosses(
                    texts.stream().mapToDouble(LabelledText::loss).toArray(), posterior);
        throw new IllegalStateException("labels are kept either by a fraction or by a posterior");
    }
}
