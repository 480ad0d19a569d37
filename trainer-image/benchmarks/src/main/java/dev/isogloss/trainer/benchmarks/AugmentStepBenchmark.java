package dev.isogloss.trainer.benchmarks;

import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AugmentStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.StepResult;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A whole step `Augment` over a file, in a process of its own: what it holds of the machine's memory.
@Command(name = "augment-step", description = "The step Augment on a file of sentences; ours alone.")
final class AugmentStepBenchmark implements Runnable {
    @Mixin
    private Options options = new Options();

    @Option(names = "--folder", required = true, description = "An empty folder for data and store.")
    private Path folder = Path.of("");

    @Option(names = "--sentences", description = "Sentences of the file. Default 10,000.")
    private int sentences = 10_000;

    @Override
    public void run() {
        try {
            InventedSentences.writeEncoder(options.shape, folder.resolve("data/encoder"));
            InventedSentences.write(folder.resolve("data/other/train.txt"), sentences);
            StepOnDisk run = StepOnDisk.of(
                    folder.resolve("data"),
                    "task: {type: NamedEntityRecognition}\n  data: {name: invented, format: Conll, location: {claim: data,"
                            + " path: \"{language}/{split}.txt\"}}");
            PlannedStep step =
                    run.first(AugmentStep.class, augment -> augment.language().equals("other"));
            long started = System.nanoTime();
            StepResult result = run.run(step, options);
            double[] milliseconds = {(System.nanoTime() - started) / 1e6};
            BenchmarkRow.print(
                    options,
                    "augment_step",
                    "pieces of 2,048",
                    milliseconds,
                    Map.of(
                            "sentences", (double) sentences,
                            "copies", result.facts().get(Fact.Copies).orElseThrow(),
                            "heap_mb", StepOnDisk.peakHeapMegabytes()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
