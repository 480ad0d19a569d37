package dev.isogloss.trainer.report;

import dev.isogloss.report.BlendGeometry;
import dev.isogloss.report.BlendMean;
import dev.isogloss.report.BlendScore;
import dev.isogloss.report.Interpolations;
import dev.isogloss.report.Statistics;
import dev.isogloss.report.statistics.PairedComparison;
import dev.isogloss.trainer.figure.Figure;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.HeatMap;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Point;
import dev.isogloss.trainer.figure.Figure.Scatter;
import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The figures of Wu et al. 2022: scores of models between models, by the task's main metric. A cell is one pair of
/// languages; lines are means over cells, bands the 95 % percentile bootstrap over them.
final class InterpolationFigures {
    private static final int RESAMPLES = 1000;
    private static final String ALPHA = "α (0: one language, 1: both)";

    private final Interpolations found;
    private final String metric;

    private InterpolationFigures(Interpolations found) {
        this.found = found;
        this.metric = found.lines().isEmpty()
                ? found.planes().isEmpty() ? "" : found.planes().getFirst().metric()
                : found.lines().getFirst().metric();
    }

    /// @param of    how a figure is made: from its title
    /// @param what  it shows, of which its name is made
    record Sketch(String what, Function<String, Figure> of, String caption) {}

    static List<Sketch> of(Interpolations found) {
        InterpolationFigures figures = new InterpolationFigures(found);
        List<Sketch> all = new ArrayList<>(List.of(
                new Sketch(
                        "scores between models",
                        title -> new Lines(
                                title,
                                ALPHA,
                                "score over that of the model of both",
                                figures.lines(BlendMean::normalised)),
                        "Mean over pairs of languages, each a mean over seeds; bands are the 95 % bootstrap over pairs."),
                new Sketch(
                        "deviation between models",
                        title -> new Lines(
                                title,
                                ALPHA,
                                "standard deviation over seeds / score of both",
                                figures.lines(BlendMean::deviation)),
                        "Mean over pairs of languages; bands are the 95 % bootstrap over pairs."),
                new Sketch(
                        "geometry of the models",
                        title -> new Scatter(
                                title,
                                "angle, degrees",
                                "norm to the source over norm to the target",
                                figures.angles()),
                        "One point a pair of languages and seed: the ways from the model of both to the other two.")));
        all.addAll(figures.planes());
        return all;
    }

    /// Four kinds: where a line starts, and whether it is scored in its own language.
    private List<Line> lines(Function<BlendMean, @Nullable Double> value) {
        Map<String, Map<Double, List<Double>>> kinds = new LinkedHashMap<>();
        for (BlendMean mean : BlendMean.of(found.lines())) {
            BlendScore score = mean.of();
            Double number = value.apply(mean);
            if (!score.metric().equals(metric) || number == null) continue;
            boolean fromTarget = score.place().get(0).equals("target");
            boolean own = fromTarget == score.language().equals(score.target());
            String kind = "from %s, %s language".formatted(score.place().get(0), own ? "own" : "other");
            kinds.computeIfAbsent(kind, _ -> new TreeMap<>())
                    .computeIfAbsent(Double.valueOf(score.place().get(1)), _ -> new ArrayList<>())
                    .add(number);
        }
        List<Line> lines = new ArrayList<>();
        kinds.forEach((kind, places) -> lines.add(new Line(
                kind,
                places.entrySet().stream()
                        .map(place -> banded(place.getKey(), place.getValue()))
                        .toList())));
        return lines;
    }

    /// The same draws of cells at each place of each line.
    private static Point banded(double x, List<Double> cells) {
        double mean = Statistics.of(cells).mean();
        if (cells.size() < 2) return new Point(x, mean);
        RandomStream random = RandomStream.of(1, "cells", cells.size());
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            for (int i = 0; i < cells.size(); i++) sum += cells.get(random.nextInt(cells.size()));
            means[r] = sum / cells.size();
        }
        Arrays.sort(means);
        return new Point(x, mean, PairedComparison.quantile(means, 0.025), PairedComparison.quantile(means, 0.975));
    }

    private List<Group> angles() {
        Map<String, List<double[]>> targets = new LinkedHashMap<>();
        for (BlendGeometry each : found.geometry()) {
            Double ratio = each.ratio();
            Double degrees = each.degrees();
            if (each.part().equals("all") && ratio != null && degrees != null)
                targets.computeIfAbsent(each.target(), _ -> new ArrayList<>()).add(new double[] {degrees, ratio});
        }
        return targets.entrySet().stream()
                .map(target -> new Group(target.getKey(), target.getValue()))
                .toList();
    }

    /// A map for each target and scored language.
    private List<Sketch> planes() {
        record Panel(String stage, String target, String language) {}
        Map<Panel, List<BlendMean>> panels = new LinkedHashMap<>();
        for (BlendMean mean : BlendMean.of(found.planes()))
            if (mean.of().metric().equals(metric) && mean.normalised() != null)
                panels.computeIfAbsent(
                                new Panel(
                                        mean.of().stage(),
                                        mean.of().target(),
                                        mean.of().language()),
                                _ -> new ArrayList<>())
                        .add(mean);
        return panels.entrySet().stream()
                .map(panel -> new Sketch(
                        "%s plane to %s scored in %s"
                                .formatted(
                                        panel.getKey().stage(),
                                        panel.getKey().target(),
                                        panel.getKey().language()),
                        title -> plane(title, panel.getValue()),
                        "Models between three: of both languages at (0, 0), of the source at (1, 0), of the target at"
                                + " (0, 1)."))
                .toList();
    }

    private static HeatMap plane(String title, List<BlendMean> means) {
        double[] xs = places(means, 0);
        double[] ys = places(means, 1);
        double[][] values = new double[ys.length][xs.length];
        for (double[] row : values) Arrays.fill(row, Double.NaN);
        for (BlendMean mean : means) {
            Double normalised = mean.normalised();
            int column =
                    Arrays.binarySearch(xs, Double.parseDouble(mean.of().place().get(0)));
            int row =
                    Arrays.binarySearch(ys, Double.parseDouble(mean.of().place().get(1)));
            if (normalised != null) values[row][column] = normalised;
        }
        return new HeatMap(title, "α₁, to the source", "α₂, to the target", xs, ys, values, "score / that of both");
    }

    private static double[] places(List<BlendMean> means, int axis) {
        TreeSet<Double> places = new TreeSet<>();
        means.forEach(mean -> places.add(Double.valueOf(mean.of().place().get(axis))));
        return places.stream().mapToDouble(place -> place).toArray();
    }
}
