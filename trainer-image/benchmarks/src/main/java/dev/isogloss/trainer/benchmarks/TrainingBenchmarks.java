package dev.isogloss.trainer.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The benchmarks' command line.
@Command(
        name = "benchmarks",
        description = "Times what the trainer does most; prints a JSON line each.",
        mixinStandardHelpOptions = true,
        subcommands = {
            StepBenchmark.class,
            MaskedBenchmark.class,
            IwdaBenchmark.class,
            LabelAlignmentBenchmark.class,
            SemanticAlignmentBenchmark.class,
            EarBenchmark.class,
            ParseBenchmark.class,
            BlendBenchmark.class,
            PredictPoolBenchmark.class,
            AugmentBenchmark.class,
            AugmentStepBenchmark.class,
            AgreeBenchmark.class,
            FinetuneBenchmark.class
        })
public final class TrainingBenchmarks {

    private TrainingBenchmarks() {}

    public static void main(String... arguments) {
        System.exit(new CommandLine(new TrainingBenchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true) // --device gpu, as the other side spells it
                .execute(arguments));
    }
}
