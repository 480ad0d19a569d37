package dev.isogloss.trainer.benchmarks;

import dev.isogloss.trainer.loop.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Times the updates of a training from the outside: whatever the loop does is in it, batch building included.
final class Stopwatch implements Observer {
    private final int warmup;
    private final List<Double> milliseconds = new ArrayList<>();
    private final ResidentSet memory = new ResidentSet();
    private long last;

    Stopwatch(int warmup) {
        this.warmup = warmup;
    }

    /// Without the first few.
    double[] timed() {
        return milliseconds.stream()
                .skip(warmup)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    ResidentSet memory() {
        return memory;
    }

    @Override
    public void resumed(long update) {
        last = System.nanoTime();
    }

    @Override
    public void updated(long update, long of, double loss) {
        long now = System.nanoTime();
        milliseconds.add((now - last) / 1e6);
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
