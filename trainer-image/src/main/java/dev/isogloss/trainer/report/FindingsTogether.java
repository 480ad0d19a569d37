package dev.isogloss.trainer.report;

import java.util.List;
import java.util.stream.Stream;

/// What one family of figures finds in several experiments.
///
/// @param notes a sentence each on what is not shown, and why
record FindingsTogether(List<FigureSketch> figures, List<ReportTable> tables, List<String> notes) {
    static final FindingsTogether NONE = new FindingsTogether(List.of(), List.of(), List.of());

    static FindingsTogether of(List<FigureSketch> figures) {
        return new FindingsTogether(figures, List.of(), List.of());
    }

    FindingsTogether and(FindingsTogether others) {
        return new FindingsTogether(
                both(figures, others.figures), both(tables, others.tables), both(notes, others.notes));
    }

    private static <T> List<T> both(List<T> first, List<T> others) {
        return Stream.concat(first.stream(), others.stream()).toList();
    }
}
