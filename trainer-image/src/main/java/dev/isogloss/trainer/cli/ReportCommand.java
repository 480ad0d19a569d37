package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.figure.FigureDrawing;
import dev.isogloss.trainer.figure.FigureTable;
import dev.isogloss.trainer.report.AcrossExperiments;
import dev.isogloss.trainer.report.Baseline;
import dev.isogloss.trainer.report.Report;
import dev.isogloss.trainer.report.ReportFigure;
import dev.isogloss.trainer.report.ReportPage;
import dev.isogloss.trainer.report.ReportSection;
import dev.isogloss.trainer.report.ReportedExperiment;
import dev.isogloss.trainer.report.SpecField;
import dev.isogloss.trainer.report.WrittenTable;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            "  isogloss report packages-ablations.yaml --by stages.ear.dictionaryScale",
            "",
            "Writes DIR/report.html, DIR/tables/NAME.csv, .md and .tex, DIR/figures/NAME.svg and .csv.",
            ""
        })
final class ReportCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Mixin
    private StoredExperiments manifests = new StoredExperiments();

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
                    "What experiments are compared with, as compare does it: another experiment of the report, by its"
                            + " metadata.name, or a stage, with which the later ones of the same experiment are"
                            + " compared. Without it: the systems of a benchmark with the baseline of its manifest, in"
                            + " the numbers of its own table.")
    private @Nullable String baseline;

    @Option(
            names = "--by",
            paramLabel = "FIELD",
            description = "A number of the manifests to draw scores by, of experiments that differ in nothing else: its"
                    + " names from spec down with dots between, as stages.ear.dictionaryScale.")
    private @Nullable String by;

    @Option(
            names = "--words",
            paramLabel = "N",
            defaultValue = "300",
            description =
                    "How many words a map of their probabilities shows at most, which experiments have that differ"
                            + " in confidencePenalty alone; 0 for no maps. 3000 take half a minute each. Default: 300.")
    private int words = 300;

    @Override
    public void run() {
        ReportedManifests reported = ReportedManifests.of(manifests.read(isogloss.environment));
        List<ReportedExperiment> experiments = reported.experiments();
        if (experiments.stream().allMatch(experiment -> experiment.results().isEmpty()))
            throw new InvalidInput(
                    "None of the %d experiments has a result in the store. Run them first: isogloss run %s"
                            .formatted(
                                    experiments.size(), experiments.getFirst().file()));
        Report report = report(reported);
        try {
            write(report);
        } catch (IOException failure) {
            throw Unwritable.of(out, failure, "Name another folder with --out.");
        }
        tell(experiments);
    }

    private Report report(ReportedManifests reported) {
        if (words < 0) throw new InvalidInput("--words is %d; write 0 for no maps, or more.".formatted(words));
        List<ReportedExperiment> experiments = reported.experiments();
        Baseline against = baseline == null ? null : Baseline.named(baseline, experiments);
        List<ReportSection> sections = experiments.stream()
                .map(one -> ReportSection.of(one, against == null ? reported.comparison(one) : against.comparison(one)))
                .toList();
        return new Report(
                reported.benchmarks(),
                sections,
                AcrossExperiments.of(sections, by == null ? null : SpecField.of(by), words));
    }

    private void write(Report report) throws IOException {
        Path tables = Files.createDirectories(out.resolve("tables"));
        Path figures = Files.createDirectories(out.resolve("figures"));
        for (WrittenTable table : report.tables().toList()) {
            AtomicFiles.write(tables.resolve(table.name() + ".csv"), table.csv());
            AtomicFiles.write(tables.resolve(table.name() + ".md"), table.markdown());
            AtomicFiles.write(tables.resolve(table.name() + ".tex"), table.latex());
        }
        for (ReportFigure figure : report.figures().toList()) {
            AtomicFiles.write(figures.resolve(figure.name() + ".svg"), FigureDrawing.svg(figure.figure()));
            AtomicFiles.write(figures.resolve(figure.name() + ".csv"), FigureTable.csv(figure.figure()));
        }
        AtomicFiles.write(out.resolve("report.html"), ReportPage.html(report, VersionCommand.version()));
    }

    private void tell(List<ReportedExperiment> experiments) {
        PrintStream err = isogloss.environment.err();
        for (ReportedExperiment experiment : experiments)
            if (experiment.missing() > 0)
                err.println("%s: %d of %d steps have no result yet; isogloss run makes them."
                        .formatted(
                                experiment.name(),
                                experiment.missing(),
                                experiment.plan().steps().size()));
        isogloss.environment.out().println(out.resolve("report.html"));
    }
}
