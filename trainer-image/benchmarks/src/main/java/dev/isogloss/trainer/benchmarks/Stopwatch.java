package dev.isogloss.trainer.benchmarks;

import dev.isogloss.trainer.loop.Checkpoints;
import dev.isogloss.trainer.loop.Training;
import dev.isogloss.trainer.loop.TrainingListener;
import dev.isogloss.trainer.method.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Times the updates of a training from the outside: whatever the loop does is in it, batch building included.
final class Stopwatch implements TrainingListener {
    private final int warmup;
    private final List<Double> milliseconds = new ArrayList<>();
    private final ResidentSet memory = new ResidentSet();
    private long last;
    private long processorBefore;
    private long processorNow;

    Stopwatch(int warmup) {
        this.warmup = warmup;
    }

    /// Times all updates of a method, in the trainer's own loop.
    static Stopwatch of(Method method, Options options) {
        Stopwatch stopwatch = new Stopwatch(options.warmup);
        try {
            Checkpoints checkpoints = new Checkpoints(Files.createTempDirectory("isogloss-benchmark"));
            new Training(method, null, checkpoints, Duration.ofDays(1), 0, stopwatch).run();
            checkpoints.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stopwatch;
    }

    /// Without the first few.
    double[] timed() {
        return milliseconds.stream()
                .skip(warmup)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /// Mean milliseconds of processor time an update, of all threads: on a machine that others use, too, this says more
    /// than the clock on the wall.
    Map<String, Double> processor() {
        int timed = milliseconds.size() - warmup;
        return timed <= 0 ? Map.of() : Map.of("cpu_ms", (processorNow - processorBefore) / 1e6 / timed);
    }

    /// Nanoseconds of processor time that this process has taken, all threads together.
    static long processorTime() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    ResidentSet memory() {
        return memory;
    }

    @Override
    public void resumed(long update) {
        last = System.nanoTime();
        if (warmup == 0) processorBefore = processorTime();
    }

    @Override
    public void updated(long update, long of, double loss) {
        long now = System.nanoTime();
        milliseconds.add((now - last) / 1e6);
        processorNow = processorTime();
        if (milliseconds.size() == warmup) processorBefore = processorNow;
        memory.look();
        last = System.nanoTime();
    }

    @Override
    public void read(long examples, long tokens) {}

    @Override
    public void curve(long update, Map<String, Double> values) {}

    @Override
    public boolean stopRequested() {
        return false;
    }
}
