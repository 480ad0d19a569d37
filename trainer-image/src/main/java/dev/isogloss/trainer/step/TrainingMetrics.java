package dev.isogloss.trainer.step;

import dev.isogloss.trainer.tensor.Engine;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Prometheus metrics of the running training, served on a port when one is given.
public final class TrainingMetrics implements AutoCloseable {
    private final Gauge loss;
    private final Gauge update;
    private final Gauge updates;
    private final Gauge remaining;
    private final Counter examples;
    private final Counter tokens;
    private final Counter seconds;
    private final AutoCloseable server;
    private double secondsPerUpdate = Double.NaN;

    private TrainingMetrics(PrometheusRegistry registry, AutoCloseable server) {
        this.server = server;
        loss = Gauge.builder()
                .name("isogloss_training_loss")
                .help("Loss of the last update")
                .register(registry);
        update = Gauge.builder()
                .name("isogloss_training_update")
                .help("Updates done by the running step")
                .register(registry);
        updates = Gauge.builder()
                .name("isogloss_training_updates")
                .help("Updates the running step will do")
                .register(registry);
        remaining = Gauge.builder()
                .name("isogloss_training_remaining_seconds")
                .help("Estimated time until the running step has trained")
                .register(registry);
        // Asked of the system when Prometheus asks, not at every update.
        GaugeWithCallback.builder()
                .name("isogloss_training_peak_memory_bytes")
                .help("Largest resident set so far")
                .callback(memory -> memory.call(Engine.peakMemoryBytes()))
                .register(registry);
        examples = Counter.builder()
                .name("isogloss_training_examples_total")
                .help("Sequences trained on")
                .register(registry);
        tokens = Counter.builder()
                .name("isogloss_training_tokens_total")
                .help("Tokens trained on, without padding")
                .register(registry);
        seconds = Counter.builder()
                .name("isogloss_training_seconds_total")
                .help("Time spent in updates")
                .register(registry);
    }

    /// @param port 0: measured, but served nowhere
    public static TrainingMetrics on(int port) {
        PrometheusRegistry registry = new PrometheusRegistry();
        if (port == 0) return new TrainingMetrics(registry, () -> {});
        try {
            return new TrainingMetrics(
                    registry, HTTPServer.builder().port(port).registry(registry).buildAndStart());
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be used for metrics: " + e.getMessage(), e);
        }
    }

    void updated(long done, long of, double newest, long newExamples, long newTokens, double took) {
        secondsPerUpdate = Double.isNaN(secondsPerUpdate) ? took : secondsPerUpdate + 0.05 * (took - secondsPerUpdate);
        loss.set(newest);
        update.set(done);
        updates.set(of);
        remaining.set((of - done) * secondsPerUpdate);
        examples.inc(newExamples);
        tokens.inc(newTokens);
        seconds.inc(took);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException("the metrics' port does not close", e);
        }
    }
}
