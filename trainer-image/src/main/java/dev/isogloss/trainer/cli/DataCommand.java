package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Generated;
import dev.isogloss.trainer.data.toy.ToyFolder;
import dev.isogloss.trainer.data.toy.ToyLanguages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `isogloss data`: data that is generated and needs no files.
@Command(
        name = "data",
        synopsisSubcommandLabel = "COMMAND",
        description = {"Make data to try things on.", "", "  isogloss data toy --out toy", ""})
final class DataCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(isogloss.environment.out());
    }

    @Command(
            name = "toy",
            description =
                    "Write the quickstart's invented languages as files: labelled texts, entities, parts of speech, raw"
                            + " text and translations. The same numbers and seed always give the same bytes.")
    void toy(
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "DIR",
                            description = "Folder to write; made if missing.")
                    Path out,
            @Option(
                            names = "--train",
                            paramLabel = "N",
                            defaultValue = "2000",
                            description = "Training examples a language. Default: 2000.")
                    int train,
            @Option(
                            names = "--test",
                            paramLabel = "N",
                            defaultValue = "500",
                            description = "Dev examples a language, and as many for test. Default: 500.")
                    int test,
            @Option(
                            names = "--texts",
                            paramLabel = "N",
                            defaultValue = "4000",
                            description = "Raw texts a language. Default: 4000.")
                    int texts,
            @Option(
                            names = "--pairs",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "Translations into each other language. Default: 1000.")
                    int pairs,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Another seed gives other languages. Default: 1.")
                    long seed) {
        Map.of("--train", train, "--test", test, "--texts", texts, "--pairs", pairs)
                .forEach((option, count) -> {
                    if (count < 0) throw new InvalidInput("%s is %d; it must be at least 0.".formatted(option, count));
                });
        try {
            ToyFolder.write(ToyLanguages.of(new Generated(train, test, texts, pairs, seed)), out);
        } catch (IOException e) {
            throw Unwritable.of(out, e, "Name another folder with --out.");
        }
        List<String> languages = ToyLanguages.languages();
        isogloss.environment
                .out()
                .println(
                        "%s: %s; the source is %s".formatted(out, String.join(", ", languages), ToyLanguages.source()));
    }
}
