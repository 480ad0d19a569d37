package dev.isogloss.trainer.benchmarks;

import dev.isogloss.trainer.loop.Checkpoints;
import dev.isogloss.trainer.loop.Training;
import dev.isogloss.trainer.loop.TrainingListener;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.tensor.HostReads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    private long waitedBefore;
    private long waitedNow;

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

    /// Means of an update, in milliseconds: `cpu_ms`, processor time of all threads, which says more than
    /// the clock where others use the machine; `wait_ms`, for how long the program waited for the device;
    /// and `enqueue_ms`, the rest, which it took to ask for everything. Where nothing is waited for, the
    /// device waits for the program, and its time is at most the whole; else the whole is its time.
    Map<String, Double> means() {
        double timed = milliseconds.size() - warmup;
        if (timed <= 0) return Map.of();
        double waited = (waitedNow - waitedBefore) / 1e6 / timed;
        double whole = Arrays.stream(timed()).average().orElseThrow();
        return Map.of(
                "cpu_ms",
                (processorNow - processorBefore) / 1e6 / timed,
                "wait_ms",
                waited,
                "enqueue_ms",
                whole - waited);
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
        if (warmup == 0) begin();
    }

    @Override
    public void updated(long update, long of, double loss) {
        long now = System.nanoTime();
        milliseconds.add((now - last) / 1e6);
        processorNow = processorTime();
        waitedNow = HostReads.waitedByThisThread();
        if (milliseconds.size() == warmup) begin();
        memory.look();
        last = System.nanoTime();
    }

    private void begin() {
        processorBefore = processorTime();
        waitedBefore = HostReads.waitedByThisThread();
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
