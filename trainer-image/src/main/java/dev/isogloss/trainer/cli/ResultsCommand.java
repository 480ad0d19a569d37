package dev.isogloss.trainer.cli;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.Format;
import dev.isogloss.report.ShiftTable;
import dev.isogloss.report.Summary;
import dev.isogloss.report.benchmark.BenchmarkFormat;
import dev.isogloss.report.benchmark.BenchmarkTable;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.cli.StoredExperiments.StoredExperiment;
import dev.isogloss.trainer.report.StoredResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `isogloss results`.
@Command(
        name = "results",
        description = {
            "Print the scores that the store holds of experiments: mean, standard deviation and 95 %% interval over"
                    + " seeds.",
            "",
            "  isogloss results examples/quickstart.yaml",
            "  isogloss results packages.yaml --format latex > table.tex",
            ""
        })
final class ResultsCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Mixin
    private StoredExperiments experiments = new StoredExperiments();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description =
                    "table, csv, json, markdown or latex; of several experiments with their names in csv and json."
                            + " Default: table.")
    private Format format = Format.Table;

    @Override
    public void run() {
        CliEnvironment environment = isogloss.environment;
        List<StoredExperiment> all = experiments.read(environment);
        boolean named = all.size() > 1 && (format == Format.Csv || format == Format.Json);
        List<NamedResults> rendered = new ArrayList<>();
        for (StoredExperiment experiment : all) {
            Map<StepKey, StepResult> results = StoredResults.of(experiment.plan(), experiment.store());
            int steps = experiment.plan().steps().size();
            NamedResults one = new NamedResults(experiment.plan().name(), rendered(experiment, results));
            if (named) rendered.add(one);
            else environment.out().print(one.text());
            if (results.size() < steps)
                environment
                        .err()
                        .println("%s: %d of %d steps have no result yet; isogloss run makes them."
                                .formatted(experiment.plan().name(), steps - results.size(), steps));
        }
        if (named) environment.out().print(NamedResults.together(rendered, format));
    }

    private String rendered(StoredExperiment experiment, Map<StepKey, StepResult> results) {
        if (experiment.plan().benchmark() == null)
            return format.render(Summary.of(experiment.plan(), results)) + analysis(experiment);
        BenchmarkTable table = BenchmarkTable.of(experiment.plan(), results, Map.of());
        return BenchmarkFormat.render(
                        table.withPublished(PublishedScores.of(
                                experiment.manifest().manifest(), experiment.plan(), experiment.file())),
                        format)
                + analysis(experiment);
    }

    private String analysis(StoredExperiment experiment) {
        if (format != Format.Table) return "";
        String table = ShiftTable.of(StoredResults.shifts(experiment.plan(), experiment.store()));
        return table.isEmpty() ? "" : "\n" + table;
    }
}
