package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.method.BatchOrder;
import dev.isogloss.api.method.Masking;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.method.TrainingSettings;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.method.pretrain.MaskedLanguageModelling;
import dev.isogloss.trainer.method.pretrain.TokenMasking;
import dev.isogloss.trainer.method.pretrain.TokenSequence;
import dev.isogloss.trainer.random.RandomStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One pretraining update: masking, forward, logits where words are hidden, gradient, clipping, AdamW.
@Command(name = "masked", description = "A masked-language-modelling update.")
final class MaskedBenchmark implements Runnable {
    private static final int MASK = 4;

    @Option(names = "--varied", description = "Lengths from 8 to --seq, so that no two updates have one shape.")
    private boolean varied;

    @Mixin
    private Options options = new Options();

    private TokenSequence text(int i, Lengths lengths, RandomStream stream) {
        int length = varied ? 8 + stream.nextInt(options.sequence - 7) : lengths.of(i);
        return new TokenSequence(Arrays.copyOf(Random.ids(options, stream), length), new int[length]);
    }

    @Override
    public void run() {
        StartBenchmark.engine(options);
        RandomStream stream = RandomStream.of(7, "texts");
        Lengths lengths = options.lengths();
        List<TokenSequence> texts = IntStream.range(0, (options.warmup + options.steps) * options.batch)
                .mapToObj(i -> text(i, lengths, stream))
                .toList();
        Masking masking = new Masking(0.15, 0.8, 0.1, false);
        Pretrain settings = new Pretrain(
                null,
                masking,
                1,
                0,
                new TrainingSettings(1, null, options.batch, 0.1, BatchOrder.LengthBuckets, Random.optimiser()),
                1,
                options.sequence,
                1e-4);
        BitSet special = new BitSet();
        special.set(0, MASK + 1);
        try (Encoder encoder = Encoder.fresh(options.shape.config(), RandomStream.of(1, "encoder"))) {
            encoder.recompute(options.recompute);
            MaskedLanguageModelling method = new MaskedLanguageModelling(
                    encoder,
                    new TokenMasking(masking, MASK, encoder.config().vocabularySize(), special, new BitSet()),
                    List.of(texts),
                    List.of(),
                    settings,
                    options.precision(),
                    1);
            Stopwatch stopwatch = Stopwatch.of(method, options);
            Map<String, Double> told = new TreeMap<>(stopwatch.memory().byPart());
            told.putAll(lengths.told(texts.size(), options.batch, BatchOrder.LengthBuckets));
            BenchmarkRow.print(options, "masked_step", "fused layer, logits where masked", stopwatch.timed(), told);
        }
    }
}
