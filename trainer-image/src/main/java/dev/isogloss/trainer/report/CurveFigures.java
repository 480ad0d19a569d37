package dev.isogloss.trainer.report;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.figure.Figure;
import dev.isogloss.trainer.figure.Figure.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The scores that trainings were selected by, update by update (Xian, Ji & Zhao 2022, figure 7). Trainings of rounds
/// are left out: a run has more of them than a picture can hold.
final class CurveFigures {
    private CurveFigures() {}

    static List<FigureSketch> of(ReportedExperiment experiment) {
        MeanLines lines = new MeanLines();
        for (PlannedStep step : curves(experiment))
            add(experiment, step, step.target() == null ? step.stage() : step.stage() + " " + step.target(), lines);
        return List.of(new FigureSketch(
                "score by update",
                drawn(lines),
                "The score by which the checkpoint was chosen, mean over seeds; bands are one standard deviation."));
    }

    /// One figure for the experiments that share task and data, where there are several.
    static List<FigureSketch> across(List<ReportedExperiment> experiments) {
        List<FigureSketch> figures = new ArrayList<>();
        Map<String, List<ReportedExperiment>> subjects =
                AcrossSubjects.of(experiments, experiment -> !curves(experiment).isEmpty());
        subjects.forEach((subject, several) -> {
            MeanLines lines = new MeanLines();
            for (ReportedExperiment experiment : several) {
                List<PlannedStep> curves = curves(experiment);
                boolean one = curves.stream().map(PlannedStep::stage).distinct().count() == 1;
                for (PlannedStep step : curves)
                    add(experiment, step, one ? experiment.name() : experiment.name() + " " + step.stage(), lines);
            }
            figures.add(new FigureSketch(
                    "score by update, " + subject,
                    drawn(lines),
                    "The score by which checkpoints were chosen, mean over seeds and targets; bands are one standard"
                            + " deviation. Experiments may choose by different splits or languages."));
        });
        return figures;
    }

    private static Function<String, Figure> drawn(MeanLines lines) {
        return title -> new Lines(title, "updates", "score that selects, per cent", lines.spread());
    }

    /// The trainings that scored checkpoints, outside of rounds.
    private static List<PlannedStep> curves(ReportedExperiment experiment) {
        return experiment.plan().steps().stream()
                .filter(step ->
                        step.rounds().isEmpty() && selects(experiment.results().get(step.key())))
                .toList();
    }

    private static boolean selects(@Nullable StepResult result) {
        return result != null && result.facts().get(Fact.SelectionScore).isPresent();
    }

    private static void add(ReportedExperiment experiment, PlannedStep step, String line, MeanLines lines) {
        TrainingCurve.of(experiment.store().made(step.key(), "curve.jsonl"))
                .forEach((update, score) -> lines.add(line, update, 100 * score));
    }
}
