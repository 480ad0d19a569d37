package dev.isogloss.trainer.benchmarks;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.tensor.Device;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every benchmark can be told.
final class Options {
    @Option(names = "--shape", description = "tiny (2 layers of 128), small (4 of 256), mbert (12 of 768).")
    Shape shape = Shape.tiny;

    @Option(names = "--batch", description = "Sequences a batch.")
    int batch = 32;

    @Option(names = "--seq", description = "Tokens a sequence.")
    int sequence = 128;

    @Option(
            names = "--lengths",
            description = "File of the texts' lengths, a number a line; no text is longer than --seq.")
    @Nullable
    Path lengths;

    @Option(names = "--threads", description = "Threads of libtorch.")
    int threads = 2;

    @Option(names = "--device", description = "cpu or gpu; a GPU wants a libtorch for one.")
    Device device = Device.CPU;

    @Option(names = "--steps", description = "Timed repetitions.")
    int steps = 20;

    @Option(names = "--warmup", description = "Repetitions before those.")
    int warmup = 3;

    @Option(names = "--bf16", description = "Matrix products in bfloat16.")
    boolean bfloat16;

    @Option(names = "--keep-freed-memory", description = "Tune the C allocator as small models want it.")
    boolean keepFreedMemory;

    @Option(names = "--recompute", description = "Activation checkpointing.")
    boolean recompute;

    Lengths lengths() {
        return Lengths.of(lengths, sequence);
    }

    Precision precision() {
        return bfloat16 ? Precision.BFloat16 : Precision.Float32;
    }
}
