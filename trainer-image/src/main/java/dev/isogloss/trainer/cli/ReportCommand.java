package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.report.Format;
import dev.isogloss.report.Summary;
import dev.isogloss.report.benchmark.BenchmarkFormat;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.trainer.cli.StoredExperiments.StoredExperiment;
import dev.isogloss.trainer.figure.FigureDrawing;
import dev.isogloss.trainer.figure.FigureTable;
import dev.isogloss.trainer.report.AcrossExperiments;
import dev.isogloss.trainer.report.Baseline;
import dev.isogloss.trainer.report.BaselineComparison;
import dev.isogloss.trainer.report.DistinctNames;
import dev.isogloss.trainer.report.Report;
import dev.isogloss.trainer.report.ReportFigure;
import dev.isogloss.trainer.report.ReportPage;
import dev.isogloss.trainer.report.ReportSection;
import dev.isogloss.trainer.report.ReportTable;
import dev.isogloss.trainer.report.ReportedExperiment;
import dev.isogloss.trainer.report.SpecField;
import dev.isogloss.trainer.report.StoredResults;
import dev.isogloss.trainer.store.AtomicFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                            + " compared.")
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

    private final List<BenchmarkTables> benchmarks = new ArrayList<>();

    /// A benchmark's table under the name of its files.
    private record BenchmarkTables(String name, BenchmarkTable table) {
        String rendered(Format format) {
            return BenchmarkFormat.render(table, format);
        }

        ReportTable shown() {
            List<List<String>> rows = BenchmarkFormat.grid(table);
            return new ReportTable(
                    name, BenchmarkFormat.caption(table), rows.getFirst(), 1, rows.subList(1, rows.size()));
        }
    }

    @Override
    public void run() {
        List<ReportedExperiment> experiments = experiments();
        if (experiments.stream().allMatch(experiment -> experiment.results().isEmpty()))
            throw new InvalidInput(
                    "None of the %d experiments has a result in the store. Run them first: isogloss run %s"
                            .formatted(
                                    experiments.size(), experiments.getFirst().file()));
        Report report = report(experiments);
        try {
            write(report);
        } catch (IOException failure) {
            throw new InvalidInput(
                    "The report cannot be written to %s (%s). Name another folder with --out."
                            .formatted(out, failure.getMessage()),
                    failure);
        }
        tell(experiments);
    }

    /// The second experiment of a name is NAME-2 in the report.
    private List<ReportedExperiment> experiments() {
        DistinctNames names = new DistinctNames();
        List<ReportedExperiment> experiments = new ArrayList<>();
        for (StoredExperiment each : manifests.read(isogloss.environment)) {
            if (each.plan().benchmark() != null) benchmark(each);
            for (PlannedManifest.SystemManifest system : each.manifest().systems())
                experiments.add(ReportedExperiment.of(
                        each.file(), names.of(fileName(system.name())), system.manifest(), each.store()));
        }
        return experiments;
    }

    /// A benchmark is reported system by system, below its own table, and its baseline is that of the report.
    private void benchmark(StoredExperiment experiment) {
        BenchmarkTable table = BenchmarkTable.of(
                        experiment.plan(), StoredResults.of(experiment.plan(), experiment.store()), Map.of())
                .withPublished(PublishedScores.of(experiment.manifest().manifest(), experiment.file()));
        if (baseline == null)
            baseline = table.lines().stream()
                    .filter(line -> line.system().equals(table.outline().baseline()))
                    .filter(line -> line.chosen() == null && !line.cells().isEmpty())
                    .map(line -> fileName(line.system()))
                    .findFirst()
                    .orElse(null);
        benchmarks.add(new BenchmarkTables(experiment.plan().name(), table));
    }

    /// What was chosen has signs that a file's name should not have.
    private static String fileName(String system) {
        return system.replaceAll("[^A-Za-z0-9._+@-]+", "-");
    }

    private Report report(List<ReportedExperiment> experiments) {
        if (words < 0) throw new InvalidInput("--words is %d; write 0 for no maps, or more.".formatted(words));
        Baseline against = baseline == null ? null : Baseline.named(baseline, experiments);
        List<ReportSection> sections = experiments.stream()
                .map(one -> ReportSection.of(
                        one, against == null ? new BaselineComparison.None() : against.comparison(one)))
                .toList();
        return new Report(
                sections,
                AcrossExperiments.of(sections, by == null ? null : SpecField.of(by), words)
                        .below(benchmarks.stream().map(BenchmarkTables::shown).toList()));
    }

    private void write(Report report) throws IOException {
        Path tables = Files.createDirectories(out.resolve("tables"));
        Path figures = Files.createDirectories(out.resolve("figures"));
        for (ReportSection section : report.sections()) {
            String name = section.experiment().name();
            Summary summary = section.experiment().summary();
            AtomicFiles.write(tables.resolve(name + ".csv"), Format.Csv.render(summary));
            AtomicFiles.write(tables.resolve(name + ".md"), Format.Markdown.render(summary));
            AtomicFiles.write(tables.resolve(name + ".tex"), Format.Latex.render(summary));
        }
        for (BenchmarkTables benchmark : benchmarks) {
            AtomicFiles.write(tables.resolve(benchmark.name() + ".csv"), benchmark.rendered(Format.Csv));
            AtomicFiles.write(tables.resolve(benchmark.name() + ".md"), benchmark.rendered(Format.Markdown));
            AtomicFiles.write(tables.resolve(benchmark.name() + ".tex"), benchmark.rendered(Format.Latex));
        }
        for (ReportTable table : report.across().tables()) {
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
