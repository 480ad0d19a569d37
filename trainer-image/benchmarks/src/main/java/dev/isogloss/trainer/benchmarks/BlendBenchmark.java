package dev.isogloss.trainer.benchmarks;

import dev.isogloss.trainer.analysis.BlendedModel;
import dev.isogloss.trainer.analysis.ModelBlend;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Predictor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A point of the plane between three models: all weights blended, then predictions for the sentences.
@Command(name = "blend", description = "A point of a plane between three models: blending, and predictions.")
final class BlendBenchmark implements Runnable {
    private static final int LABELS = 9;

    @Mixin
    private Options options = new Options();

    @Option(names = "--sentences", description = "How many are predicted at a point. Default 1000.")
    private int sentences = 1000;

    @Override
    public void run() {
        StartBenchmark.engine(options);
        List<Item> items = Random.items(sentences, options, LABELS);
        double[] points = new double[options.steps];
        double[] blending = new double[options.steps];
        try (BlendedModel blended = BlendedModel.of(
                Stream.generate(() -> Random.model(options, LABELS)).limit(3).toList(), items)) {
            for (int i = -options.warmup; i < options.steps; i++) {
                // Off the corners and the sides all three models take part, which is what nearly all points are.
                ModelBlend point = ModelBlend.inPlane(0.3 + 0.01 * i, 0.4);
                long started = System.nanoTime();
                blended.blend(point, point);
                long ready = System.nanoTime();
                Predictor.probabilities(blended.model(), items, options.precision(), done -> {});
                if (i < 0) continue;
                blending[i] = (ready - started) / 1e6;
                points[i] = (System.nanoTime() - started) / 1e6;
            }
        }
        BenchmarkRow.print(
                options,
                "plane_point",
                "blended in place, compact words",
                points,
                Map.of(
                        "blend_ms",
                        Arrays.stream(blending).average().orElseThrow(),
                        "blend_share",
                        Arrays.stream(blending).sum() / Arrays.stream(points).sum()));
    }
}
