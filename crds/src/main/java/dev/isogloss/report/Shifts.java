package dev.isogloss.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isogloss.report.statistics.Correlation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The findings of an analysis: `analysis/analysis.json`, and as tables `layers.csv` and `points.csv`.
///
/// @param layers       conditional feature shift by layer, 0 the embeddings
/// @param points       one a model, language and split: what scatter plots show
/// @param correlations of scores with either shift, over the points of one stage
public record Shifts(List<Layer> layers, List<Point> points, List<ShiftCorrelation> correlations) {

    public record Layer(String stage, String language, String split, String pooling, int layer, double shift) {}

    /// @param shift         conditional feature shift of the last layer
    /// @param alignmentGain 1 − shift / the first stage's; null for the first stage
    /// @param priorTv       total variation of the source's training prior and the target's, 0 to 1
    /// @param priorL1       the same without the half, 0 to 2
    /// @param score         of the measured model, between 0 and 1; null where it was not measured
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Point(
            String stage,
            String language,
            String split,
            String pooling,
            double shift,
            @Nullable Double alignmentGain,
            double priorTv,
            double priorL1,
            String metric,
            @Nullable Double score) {}

    /// Correlation of scores with a shift, over `n` points.
    ///
    /// @param with     featureShift or priorShift; the other one is held still in `partial`
    /// @param pearson  null where there is none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ShiftCorrelation(
            String stage,
            String pooling,
            String with,
            @Nullable Double pearson,
            @Nullable Double spearman,
            @Nullable Double partial,
            int n) {}

    /// With the correlations that the points have.
    public static Shifts of(List<Layer> layers, List<Point> points) {
        Map<List<String>, List<Point>> groups = points.stream()
                .filter(point -> point.score() != null)
                .collect(Collectors.groupingBy(
                        point -> List.of(point.stage(), point.pooling()), LinkedHashMap::new, Collectors.toList()));
        List<ShiftCorrelation> correlations = new ArrayList<>();
        groups.forEach((group, members) -> {
            double[] score = series(members, point -> point.score() == null ? Double.NaN : point.score());
            double[] feature = series(members, Point::shift);
            double[] prior = series(members, Point::priorTv);
            correlations.add(correlation(group, "featureShift", Correlation.of(score, feature, prior), members.size()));
            correlations.add(correlation(group, "priorShift", Correlation.of(score, prior, feature), members.size()));
        });
        return new Shifts(List.copyOf(layers), List.copyOf(points), List.copyOf(correlations));
    }

    private static double[] series(List<Point> points, ToDoubleFunction<Point> value) {
        return points.stream().mapToDouble(value).toArray();
    }

    private static ShiftCorrelation correlation(List<String> group, String with, Correlation correlation, int n) {
        return new ShiftCorrelation(
                group.get(0),
                group.get(1),
                with,
                number(correlation.pearson()),
                number(correlation.spearman()),
                number(correlation.partial()),
                n);
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    public String layersCsv() {
        StringBuilder out = new StringBuilder("stage,language,split,pooling,layer,shift\n");
        for (Layer row : layers)
            out.append(line(row.stage(), row.language(), row.split(), row.pooling(), row.layer(), row.shift()));
        return out.toString();
    }

    public String pointsCsv() {
        StringBuilder out =
                new StringBuilder("stage,language,split,pooling,shift,alignmentGain,priorTv,priorL1,metric,score\n");
        for (Point row : points)
            out.append(line(
                    row.stage(),
                    row.language(),
                    row.split(),
                    row.pooling(),
                    row.shift(),
                    row.alignmentGain(),
                    row.priorTv(),
                    row.priorL1(),
                    row.metric(),
                    row.score()));
        return out.toString();
    }

    private static String line(@Nullable Object... cells) {
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) texts.add(cell == null ? "" : cell.toString());
        return String.join(",", texts) + "\n";
    }
}
