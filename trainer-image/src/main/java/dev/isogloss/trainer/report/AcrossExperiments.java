package dev.isogloss.trainer.report;

import java.util.List;
import java.util.stream.Stream;

/// What several experiments of a report show together.
///
/// @param notes a sentence each on what is not shown, and why
public record AcrossExperiments(List<ReportFigure> figures, List<ReportTable> tables, List<String> notes) {
    static final String TITLE = "across experiments";

    public static AcrossExperiments of(List<ReportSection> sections) {
        List<ReportedExperiment> experiments =
                sections.stream().map(ReportSection::experiment).toList();
        List<ReportFigure> figures = Stream.of(
                        InterpolationFigures.across(experiments),
                        RoundFigures.across(experiments),
                        CurveFigures.across(experiments))
                .flatMap(List::stream)
                .map(sketch -> sketch.named(TITLE))
                .filter(figure -> !figure.figure().isEmpty())
                .toList();
        return new AcrossExperiments(figures, List.of(), List.of());
    }

    boolean isEmpty() {
        return figures.isEmpty() && tables.isEmpty() && notes.isEmpty();
    }
}
