package dev.isogloss.trainer.report;

import java.util.List;

/// What a report says of one experiment.
public record ReportSection(ReportedExperiment experiment, List<ReportFigure> figures, BaselineComparison comparison) {

    public static ReportSection of(ReportedExperiment experiment, BaselineComparison comparison) {
        return new ReportSection(experiment, ReportFigures.of(experiment), comparison);
    }
}
