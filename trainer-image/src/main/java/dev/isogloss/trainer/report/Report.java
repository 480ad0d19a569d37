package dev.isogloss.trainer.report;

import java.util.List;
import java.util.stream.Stream;

/// What a report says: of each benchmark as a whole, of each experiment, and of several together.
public record Report(List<ReportedBenchmark> benchmarks, List<ReportSection> sections, AcrossExperiments across) {

    /// With figures under names of their own: a name is a file's.
    public Report {
        DistinctNames names = new DistinctNames();
        benchmarks = List.copyOf(benchmarks);
        sections = sections.stream()
                .map(section ->
                        new ReportSection(section.experiment(), named(section.figures(), names), section.comparison()))
                .toList();
        across = new AcrossExperiments(named(across.figures(), names), across.tables(), across.notes());
    }

    private static List<ReportFigure> named(List<ReportFigure> figures, DistinctNames names) {
        return figures.stream()
                .map(figure -> new ReportFigure(names.of(figure.name()), figure.figure(), figure.caption()))
                .toList();
    }

    /// Those of all sections.
    public Stream<ReportFigure> figures() {
        return Stream.concat(
                sections.stream().flatMap(section -> section.figures().stream()), across.figures().stream());
    }

    /// All tables, as files.
    public Stream<WrittenTable> tables() {
        return Stream.of(
                        benchmarks.stream().map(each -> WrittenTable.of(each.name(), each.table())),
                        sections.stream()
                                .map(ReportSection::experiment)
                                .map(each -> WrittenTable.of(each.name(), each.summary())),
                        across.tables().stream().map(WrittenTable::of))
                .flatMap(tables -> tables);
    }
}
