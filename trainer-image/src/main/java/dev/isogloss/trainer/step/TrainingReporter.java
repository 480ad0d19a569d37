package dev.isogloss.trainer.step;

import dev.isogloss.trainer.loop.Curve;
import dev.isogloss.trainer.loop.TrainingListener;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells the curve, the screen and the metrics what a training does, and the training when to stop.
final class TrainingReporter implements TrainingListener {
    /// Weight of the newest value in the smoothed loss and rates.
    private static final double NEW = 0.05;

    private final Path curveFile;
    private final Progress progress;
    private final StopSignal stop;
    private final TrainingMetrics metrics;
    private @Nullable Curve curve;
    private double loss = Double.NaN;
    private double examplesPerSecond = Double.NaN;
    private double tokensPerSecond = Double.NaN;
    private long examples;
    private long tokens;
    private long since = System.nanoTime();

    TrainingReporter(Path curveFile, Progress progress, StopSignal stop, TrainingMetrics metrics) {
        this.curveFile = curveFile;
        this.progress = progress;
        this.stop = stop;
        this.metrics = metrics;
    }

    @Override
    public void resumed(long update) {
        curve = new Curve(curveFile, update);
        since = System.nanoTime();
        if (update > 0) progress.note("resumed at update " + update);
    }

    @Override
    public void read(long examples, long tokens) {
        this.examples += examples;
        this.tokens += tokens;
    }

    @Override
    public void updated(long update, long of, double newest) {
        long now = System.nanoTime();
        double seconds = Math.max(1e-9, (now - since) / 1e9);
        loss = smoothed(loss, newest);
        examplesPerSecond = smoothed(examplesPerSecond, examples / seconds);
        tokensPerSecond = smoothed(tokensPerSecond, tokens / seconds);
        progress.update(update, of, loss, examplesPerSecond, tokensPerSecond);
        metrics.updated(update, of, newest, examples, tokens, seconds);
        since = now;
        examples = 0;
        tokens = 0;
    }

    private static double smoothed(double before, double newest) {
        return Double.isNaN(before) ? newest : before + NEW * (newest - before);
    }

    @Override
    public void curve(long update, Map<String, Double> values) {
        if (curve == null) throw new IllegalStateException("a line of the curve before the training began");
        curve.add(update, values);
    }

    @Override
    public boolean stopRequested() {
        return stop.requested();
    }
}
