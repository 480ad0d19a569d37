package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Plan;
import dev.isogloss.report.ComparedSystem;
import dev.isogloss.report.Format;
import dev.isogloss.trainer.cli.StoredExperiments.StoredExperiment;
import dev.isogloss.trainer.figure.FigureDrawing;
import dev.isogloss.trainer.figure.FigureTable;
import dev.isogloss.trainer.report.BaselineComparison;
import dev.isogloss.trainer.report.ReportFigure;
import dev.isogloss.trainer.report.ReportPage;
import dev.isogloss.trainer.report.ReportSection;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `isogloss report`.
@Command(
        name = "report",
        description = {
            "Write what the store holds of experiments as one page for a browser, with tables, figures and the origin of"
                    + " every number, and beside it each table and figure as a file. Nothing is trained.",
            "",
            "  isogloss report packages.yaml",
            "  isogloss report examples/real/*.yaml --out results",
            "  isogloss report zero-shot.yaml iwda.yaml --baseline zero-shot",
            "",
            "Writes DIR/report.html, DIR/tables/NAME.csv, .md and .tex, DIR/figures/NAME.svg and .csv.",
            ""
        })
final class ReportCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Mixin
    private StoredExperiments experiments = new StoredExperiments();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "report",
            description = "The folder to write to; files of an earlier report in it are replaced. Default: report.")
    private Path out = Path.of("report");

    @Option(
            names = "--baseline",
            paramLabel = "NAME",
            description =
                    "The experiment that the others are compared with, as compare does it: the metadata.name of one"
                            + " of them.")
    private @Nullable String baseline;

    /// An experiment under the name that it has in the report.
    private record Reported(String name, StoredExperiment experiment) {
        Plan plan() {
            return experiment.plan();
        }

        Store store() {
            return experiment.store();
        }
    }

    @Override
    public void run() {
        List<Reported> reported = reported();
        Reported against = baseline == null ? null : named(baseline, reported);
        ComparedSystem system = against == null ? null : BaselineComparison.baseline(against.plan(), against.store());
        List<ReportSection> sections = reported.stream()
                .map(one -> ReportSection.of(
                        one.experiment().file().toString(),
                        one.name(),
                        one.plan(),
                        one.store(),
                        system == null || one == against
                                ? new BaselineComparison.None()
                                : BaselineComparison.of(system, one.plan(), one.store())))
                .toList();
        if (sections.stream().allMatch(section -> section.results().isEmpty()))
            throw new InvalidInput(
                    "None of the %d experiments has a result in the store. Run them first: isogloss run %s"
                            .formatted(sections.size(), sections.getFirst().file()));
        try {
            write(sections);
        } catch (IOException failure) {
            throw new InvalidInput(
                    "The report cannot be written to %s (%s). Name another folder with --out."
                            .formatted(out, failure.getMessage()),
                    failure);
        }
        tell(sections);
    }

    /// The second experiment of a name is NAME-2 in the report.
    private List<Reported> reported() {
        Map<String, Reported> named = new LinkedHashMap<>();
        for (StoredExperiment experiment : experiments.read(isogloss.environment)) {
            String name = experiment.plan().name();
            for (int n = 2; named.containsKey(name); n++)
                name = experiment.plan().name() + "-" + n;
            named.put(name, new Reported(name, experiment));
        }
        return List.copyOf(named.values());
    }

    private static Reported named(String name, List<Reported> experiments) {
        return experiments.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("--baseline is %s, and the report has %s."
                        .formatted(
                                name, experiments.stream().map(Reported::name).collect(Collectors.joining(", ")))));
    }

    private void write(List<ReportSection> sections) throws IOException {
        Path tables = Files.createDirectories(out.resolve("tables"));
        Path figures = Files.createDirectories(out.resolve("figures"));
        for (ReportSection section : sections) {
            String name = section.name();
            AtomicFiles.write(tables.resolve(name + ".csv"), Format.Csv.render(section.summary()));
            AtomicFiles.write(tables.resolve(name + ".md"), Format.Markdown.render(section.summary()));
            AtomicFiles.write(tables.resolve(name + ".tex"), Format.Latex.render(section.summary()));
            for (ReportFigure figure : section.figures()) {
                AtomicFiles.write(figures.resolve(figure.name() + ".svg"), FigureDrawing.svg(figure.figure()));
                AtomicFiles.write(figures.resolve(figure.name() + ".csv"), FigureTable.csv(figure.figure()));
            }
        }
        AtomicFiles.write(out.resolve("report.html"), ReportPage.html(sections, VersionCommand.version()));
    }

    private void tell(List<ReportSection> sections) {
        PrintStream err = isogloss.environment.err();
        for (ReportSection section : sections)
            if (section.missing() > 0)
                err.println("%s: %d of %d steps have no result yet; isogloss run makes them."
                        .formatted(
                                section.name(),
                                section.missing(),
                                section.plan().steps().size()));
        isogloss.environment.out().println(out.resolve("report.html"));
    }
}
