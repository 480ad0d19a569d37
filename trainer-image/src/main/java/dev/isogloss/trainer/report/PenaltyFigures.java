package dev.isogloss.trainer.report;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.Scatter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the confidence penalty does to the predictions of a model on languages it has not learnt (Bari et al. 2021,
/// appendix C): of experiments that differ in nothing else, the first model that is measured on each target, side by
/// side.
final class PenaltyFigures {
    private static final List<SpecField> FIELDS = Stream.of(
                    "stages.fineTune.confidencePenalty", "models.fineTune.confidencePenalty")
            .map(SpecField::of)
            .toList();

    private PenaltyFigures() {}

    /// @param words most words of a map, 0 for no maps
    static List<FigureSketch> across(List<ReportedExperiment> experiments, int words) {
        List<FigureSketch> figures = new ArrayList<>();
        for (SpecField field : FIELDS)
            for (Map<Double, ReportedExperiment> values :
                    AlikeExperiments.of(field, experiments).different())
                for (String target : targets(values)) figures.addAll(sideBySide(values, target, words));
        return figures;
    }

    /// Each figure of one experiment is followed by the same of the next.
    private static List<FigureSketch> sideBySide(Map<Double, ReportedExperiment> values, String target, int words) {
        List<List<FigureSketch>> all = new ArrayList<>();
        values.forEach((penalty, experiment) ->
                measured(experiment, target).ifPresent(step -> all.add(of(experiment, penalty, step, target, words))));
        List<FigureSketch> figures = new ArrayList<>();
        int most = all.stream().mapToInt(List::size).max().orElse(0);
        for (int kind = 0; kind < most; kind++)
            for (List<FigureSketch> one : all) if (kind < one.size()) figures.add(one.get(kind));
        return figures;
    }

    private static List<String> targets(Map<Double, ReportedExperiment> values) {
        List<String> targets = new ArrayList<>();
        values.values().iterator().next().spec().path("targets").forEach(target -> targets.add(target.asText()));
        return targets;
    }

    private static Optional<PlannedStep> measured(ReportedExperiment experiment, String target) {
        return experiment.plan().steps().stream()
                .filter(step -> step.spec() instanceof EvaluateStep spec
                        && spec.languages().contains(target)
                        && !spec.task().type().labelsTrees()
                        && experiment.results().containsKey(step.key()))
                .findFirst();
    }

    private static List<FigureSketch> of(
            ReportedExperiment experiment, double penalty, PlannedStep step, String target, int words) {
        EvaluateStep spec = (EvaluateStep) step.spec();
        String split = spec.splits().contains("dev") ? "dev" : spec.splits().getFirst();
        Path predictions = experiment.store().predictions(step.key());
        boolean wordwise = spec.task().type().labelsWords();
        String what = "%s, penalty %s (%s)".formatted(target, AlikeExperiments.text(penalty), experiment.name());
        String where =
                "Of %s %s, seed %s, on the split %s.".formatted(experiment.name(), step.stage(), step.seed(), split);
        List<FigureSketch> figures = new ArrayList<>();
        List<Group> map = words == 0 ? List.of() : WordMap.of(predictions, target, split, words);
        if (!map.isEmpty())
            figures.add(new FigureSketch(
                    "%s by their probabilities, %s".formatted(wordwise ? "words" : "texts", what),
                    title -> new Scatter(title, "", "", map),
                    where + " Points of a plane that keeps near what is given similar probabilities (t-SNE of their"
                            + " logarithms); colours are the right labels, drawn evenly."));
        figures.addAll(
                new LossFigures(LabelledText.read(predictions, target, split), wordwise).of("labels, " + what, where));
        return figures;
    }
}
