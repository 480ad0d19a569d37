package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.report.ComparedSystem;
import dev.isogloss.report.Comparison;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.report.StagePredictions;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `isogloss compare`.
@Command(
        name = "compare",
        description = {
            "Compare two systems on the same test examples, language by language: difference B − A, its 95 %% interval by"
                    + " paired bootstrap, p by bootstrap and by approximate randomisation, the latter also adjusted for"
                    + " the number of languages (Holm), and Cohen's h.",
            "",
            "  isogloss compare zero-shot.yaml iwda.yaml",
            "  isogloss compare run.yaml run.yaml --stage-a 'lm round 1' --stage-b lm",
            "  isogloss compare iwda.yaml#uniform iwda.yaml#estimated",
            "  isogloss compare examples/table.yaml#iwda examples/table.yaml#distill",
            "  isogloss compare examples/table.yaml#iwda-lambdaAlign=0.1 examples/table.yaml#distill",
            ""
        })
final class CompareCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Isogloss isogloss;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description =
                    "The manifest of the first system: FILE, or FILE#NAME of several, or of a system of a benchmark; of one"
                            + " that is swept the chosen one, FILE#NAME-VALUES another.")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "The manifest of the second system, likewise.")
    private String b = "";

    @Option(
            names = "--stage-a",
            paramLabel = "STAGE",
            description = "Which stage of A, as isogloss results calls it. Default: the last; of a benchmark's system"
                    + " the one that stands for it.")
    private @Nullable String stageA;

    @Option(names = "--stage-b", paramLabel = "STAGE", description = "Which stage of B, likewise.")
    private @Nullable String stageB;

    @Option(names = "--split", paramLabel = "SPLIT", defaultValue = "test", description = "Which split. Default: test.")
    private String split = "test";

    @Option(
            names = "--resamples",
            paramLabel = "R",
            defaultValue = "10000",
            description = "Samples of bootstrap and randomisation. Default: 10000.")
    private int resamples;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of both. Default: 1.")
    private long seed;

    @Mixin
    private StoreOptions storage = new StoreOptions();

    @Option(names = "--json", description = "Every number in full, as JSON.")
    private boolean json;

    @Override
    public void run() {
        if (resamples < 1) throw new InvalidInput("--resamples is %d; it must be at least 1.".formatted(resamples));
        Comparison comparison = Comparison.of(
                system(a, stageA), system(b, stageB), split, resamples, name -> RandomStream.of(seed, name));
        PrintStream out = isogloss.environment.out();
        if (json) out.println(comparison.json());
        else out.print(comparison.table());
    }

    private ComparedSystem system(String which, @Nullable String stage) {
        NamedSystem named = NamedSystem.of(which, manifest -> storage.store(manifest, isogloss.environment));
        return StagePredictions.read(
                named.system().plan(), stage != null ? stage : named.system().stage(), split, named.store());
    }
}
