package dev.isogloss.trainer.report;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.trainer.figure.Figure.Scatter;
import java.util.ArrayList;
import java.util.List;

/// The maps of the stages `project`: words and texts as points (Ding et al. 2022).
final class MapFigures {
    private MapFigures() {}

    static List<FigureSketch> of(ReportedExperiment experiment) {
        List<FigureSketch> figures = new ArrayList<>();
        MapPoints points = new MapPoints(experiment.plan(), experiment.store());
        for (PlannedStep step : experiment.plan().steps()) {
            if (!(step.spec() instanceof ProjectStep) || !experiment.results().containsKey(step.key())) continue;
            points.placesOf(step)
                    .forEach((of, groups) -> figures.add(new FigureSketch(
                            "%s of %s%s"
                                    .formatted(step.stage(), of, step.seed() == null ? "" : ", seed " + step.seed()),
                            title -> new Scatter(title, "", "", groups),
                            "Points of a plane that keeps near what is near; its axes have no meaning.")));
        }
        return figures;
    }
}
