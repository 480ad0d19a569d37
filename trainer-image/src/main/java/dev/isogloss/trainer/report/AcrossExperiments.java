package dev.isogloss.trainer.report;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What several experiments of a report show together.
///
/// @param notes a sentence each on what is not shown, and why
public record AcrossExperiments(List<ReportFigure> figures, List<ReportTable> tables, List<String> notes) {
    private static final String OWNER = "across experiments";

    /// @param by    the field that scores are drawn by; null for none
    /// @param words most words of a map of probabilities, 0 for no maps
    /// @throws InvalidInput if no two experiments differ in that field alone, or if it is no number
    public static AcrossExperiments of(List<ReportSection> sections, @Nullable SpecField by, int words) {
        List<ReportedExperiment> experiments =
                sections.stream().map(ReportSection::experiment).toList();
        FindingsTogether found = Stream.of(
                        by == null ? FindingsTogether.NONE : FieldFigures.of(by, experiments),
                        ImprovementFigures.of(sections),
                        FindingsTogether.of(InterpolationFigures.across(experiments)),
                        FindingsTogether.of(RoundFigures.across(experiments)),
                        FindingsTogether.of(CurveFigures.across(experiments)),
                        FindingsTogether.of(PenaltyFigures.across(experiments, words)))
                .reduce(FindingsTogether.NONE, FindingsTogether::and);
        return new AcrossExperiments(
                found.figures().stream()
                        .map(sketch -> sketch.named(OWNER))
                        .filter(figure -> !figure.figure().isEmpty())
                        .toList(),
                found.tables(),
                found.notes());
    }

    boolean isEmpty() {
        return figures.isEmpty() && tables.isEmpty() && notes.isEmpty();
    }
}
