package dev.isogloss.trainer.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.method.MaskedLanguageModelAugmentation;
import dev.isogloss.api.method.MaskedLanguageModelAugmentation.Fill;
import dev.isogloss.trainer.augment.AugmentedCopies;
import dev.isogloss.trainer.augment.AugmentedCopy;
import dev.isogloss.trainer.augment.CopyMaker;
import dev.isogloss.trainer.augment.SuccessiveMasking;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.encoder.ModelFolder;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Copies of sentences by a masked language model. Leaves encoder, sentences and copies, from which the other side
/// makes the same copies.
@Command(name = "augment", description = "Copies of sentences by a masked language model.")
final class AugmentBenchmark implements Runnable {
    @Mixin
    private Options options = new Options();

    @Option(names = "--folder", required = true, description = "Where encoder, sentences and copies are written.")
    private Path folder = Path.of("");

    @Option(names = "--sentences", description = "Sentences that are copied, 2,000 at most. Default 300.")
    private int sentences = 300;

    @Option(names = "--batched", description = "Ignored: ours always are. The other side then fills masks together.")
    private boolean batched;

    @Override
    public void run() {
        StartBenchmark.engine(options);
        try {
            List<TaggedExample> texts = InventedSentences.all().subList(0, sentences);
            InventedSentences.writeEncoder(options.shape, folder.resolve("encoder"));
            try (Encoder encoder = ModelFolder.read(InputFolder.anywhere(folder.resolve("encoder")))
                            .encoder();
                    Tokenizer tokenizer = Tokenizer.of(
                            ModelFolder.tokenizerJson(InputFolder.anywhere(folder.resolve("encoder"))),
                            options.sequence)) {
                write(texts, timed(texts, encoder, tokenizer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<AugmentedCopy> timed(List<TaggedExample> texts, Encoder encoder, Tokenizer tokenizer) {
        MaskedLanguageModelAugmentation settings =
                new MaskedLanguageModelAugmentation(0.3, 3, 3, Fill.WordStarts, 5, 150, 1);
        SuccessiveMasking masking =
                new SuccessiveMasking(encoder, tokenizer, settings.fill(), options.precision(), "of the benchmark");
        Split split = Split.of(
                InventedSentences.LANGUAGE,
                "train",
                List.<Example>copyOf(texts),
                new SourceFile("invented", Path.of("invented"), "0", 0));
        double[] milliseconds = new double[options.steps];
        List<AugmentedCopy> copies = List.of();
        long processor = 0;
        for (int i = -options.warmup; i < options.steps; i++) {
            if (i == 0) processor = Stopwatch.processorTime();
            long started = System.nanoTime();
            copies = new CopyMaker(settings, tokenizer, masking).copies(split, 0);
            if (i >= 0) milliseconds[i] = (System.nanoTime() - started) / 1e6;
        }
        double processorPerPass = (Stopwatch.processorTime() - processor) / 1e6 / options.steps;
        double masks = copies.stream().mapToInt(copy -> copy.masked().size()).sum();
        BenchmarkRow.print(
                options,
                "augment",
                "the r-th masks of all sentences together",
                milliseconds,
                Map.of(
                        "sentences",
                        (double) texts.size(),
                        "copies",
                        (double) copies.size(),
                        "masks",
                        masks,
                        "cpu_ms",
                        processorPerPass));
        return copies;
    }

    private void write(List<TaggedExample> texts, List<AugmentedCopy> copies) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("sentences.jsonl"))) {
            for (TaggedExample text : texts)
                out.write(json.writeValueAsString(Map.of("id", text.id(), "words", text.words())) + "\n");
        }
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(AugmentedCopies.COPIES))) {
            for (AugmentedCopy copy : copies) AugmentedCopies.write(out, copy);
        }
    }
}
