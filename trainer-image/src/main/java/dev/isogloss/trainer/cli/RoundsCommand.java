package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Plan;
import dev.isogloss.report.RoundMeasures;
import dev.isogloss.report.RoundTable;
import dev.isogloss.report.Rounds;
import dev.isogloss.trainer.cli.StoredExperiments.StoredExperiment;
import dev.isogloss.trainer.report.PredictedTexts;
import dev.isogloss.trainer.report.StoredResults;
import dev.isogloss.trainer.store.Store;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `isogloss rounds`.
@Command(
        name = "rounds",
        description = {
            "Show what each model of a run, or of the runs of a benchmark, did in each round: labelled, trusted, handed"
                    + " on, how much of that is wrong, and how good the model was. Means over seeds, as far as steps"
                    + " are done.",
            "",
            "  isogloss rounds examples/papers/cotraining-yu-2021/reduced/packages.yaml",
            "  isogloss rounds run.yaml --json | jq '.rows[] | select(.round == 2)'",
            "  isogloss rounds run.yaml --format csv > rounds.csv",
            "  isogloss rounds run.yaml --each text --split dev > losses.csv",
            ""
        })
final class RoundsCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Mixin
    private StoredExperiments experiments = new StoredExperiments();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "table; csv: a number a line, also of single seeds; json: one document a run. Default: table.")
    private @Nullable Format format;

    @Option(names = "--json", description = "The same as --format json: every number in full.")
    private boolean json;

    @Option(
            names = "--each",
            paramLabel = "WHAT",
            defaultValue = "round",
            description = "What a row is of: round; text: every text that a model predicted, with its loss; word: every"
                    + " label of every word of the measured splits, with its log probability. The last two are"
                    + " printed as csv. Default: round.")
    private Each each = Each.Round;

    @Option(names = "--split", paramLabel = "SPLIT", description = "With --each text or word: only this split.")
    private @Nullable String split;

    private enum Format {
        Table,
        Csv,
        Json
    }

    private enum Each {
        Round,
        Text,
        Word
    }

    @Override
    public void run() {
        Format chosen = chosen();
        List<StoredExperiment> all = experiments.read(isogloss.environment);
        PrintStream out = isogloss.environment.out();
        if (chosen == Format.Csv)
            out.print(
                    switch (each) {
                        case Round -> RoundMeasures.HEADER;
                        case Text -> PredictedTexts.TEXTS;
                        case Word -> PredictedTexts.WORDS;
                    });
        for (StoredExperiment experiment : all) {
            List<Plan> runs = experiment.runs();
            if (runs.isEmpty() && chosen == Format.Table)
                isogloss.environment
                        .err()
                        .println("%s has no rounds; isogloss results shows its scores."
                                .formatted(experiment.plan().name()));
            else
                // words are predicted without rounds as well
                for (Plan run : runs.isEmpty() ? List.of(experiment.plan()) : runs)
                    switch (chosen) {
                        case Csv -> csv(run, experiment.store(), out);
                        case Json -> out.print(RoundTable.json(rounds(run, experiment.store())));
                        case Table -> table(run, rounds(run, experiment.store()), out);
                    }
        }
    }

    private Format chosen() {
        if (each == Each.Round) {
            if (split != null)
                throw new InvalidInput("--split goes with --each text or --each word; rounds have all splits.");
            return json ? Format.Json : format == null ? Format.Table : format;
        }
        if (json || format != null && format != Format.Csv)
            throw new InvalidInput("--each %s is printed as csv: leave out --json, and --format or say --format csv."
                    .formatted(each == Each.Text ? "text" : "word"));
        return Format.Csv;
    }

    private static Rounds rounds(Plan run, Store store) {
        return Rounds.of(run, StoredResults.of(run, store));
    }

    private void csv(Plan run, Store store, PrintStream out) {
        PredictedTexts predicted = new PredictedTexts(run, store, split);
        switch (each) {
            case Round -> out.print(RoundMeasures.csv(run, StoredResults.of(run, store)));
            case Text -> predicted.texts(out::print);
            case Word -> predicted.words(out::print);
        }
    }

    private static void table(Plan run, Rounds rounds, PrintStream out) {
        out.println(
                "%s: round %s, %,d labels handed on".formatted(run.name(), rounds.progress(), rounds.pseudoLabels()));
        out.print(RoundTable.aligned(rounds));
    }
}
