package dev.isogloss.trainer.benchmarks;

import dev.isogloss.trainer.tensor.Engine;

/// Starts the engine as the options say.
final class StartBenchmark {
    private StartBenchmark() {}

    static void engine(Options options) {
        Engine.start(options.threads, options.device, false);
        if (options.keepFreedMemory) Engine.keepFreedMemory();
    }
}
