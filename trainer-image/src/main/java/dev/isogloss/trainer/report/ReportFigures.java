package dev.isogloss.trainer.report;

import java.util.List;
import java.util.stream.Stream;

/// The figures that an experiment's results can be drawn as, family by family.
public final class ReportFigures {
    private ReportFigures() {}

    /// Those that have something to show.
    public static List<ReportFigure> of(ReportedExperiment experiment) {
        return Stream.of(
                        RoundFigures.of(experiment),
                        PseudoLabelFigures.of(experiment),
                        InterpolationFigures.of(experiment),
                        ShiftFigures.of(experiment),
                        MapFigures.of(experiment),
                        CurveFigures.of(experiment))
                .flatMap(List::stream)
                .map(sketch -> sketch.named(experiment.name()))
                .filter(figure -> !figure.figure().isEmpty())
                .toList();
    }
}
