package dev.isogloss.trainer.report;

import dev.isogloss.api.method.Interpolate.Parameters;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.BlendGeometry;
import dev.isogloss.report.BlendMean;
import dev.isogloss.report.Interpolations;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.HeatMap;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Scatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The figures of Wu et al. 2022: scores of models between models, how these lie to each other, and planes.
final class InterpolationFigures {
    private static final String ALPHA = "α (0: one language, 1: both)";
    private static final String BANDS = " bands are the 95 % bootstrap over pairs.";

    private InterpolationFigures() {}

    static List<FigureSketch> of(ReportedExperiment experiment) {
        return of(MeasuredBlends.of(experiment.plan(), experiment.store()));
    }

    static List<FigureSketch> of(Interpolations found) {
        List<FigureSketch> figures = new ArrayList<>(lines("", BlendLines.of(List.of(found)), "pairs of languages"));
        figures.add(geometry("", Map.of(found.name(), found), BlendGeometry::target));
        figures.addAll(planes(found));
        return figures;
    }

    /// The pairs of all experiments together, and those of each task where there are several tasks. Only whole models
    /// are counted, and what two experiments share once.
    static List<FigureSketch> across(List<ReportedExperiment> experiments) {
        Map<String, Map<String, Interpolations>> tasks = new LinkedHashMap<>();
        Map<String, Interpolations> all = new LinkedHashMap<>();
        Set<StepKey> seen = new HashSet<>();
        for (ReportedExperiment each : experiments) {
            Interpolations found = MeasuredBlends.of(
                    each.plan(),
                    each.store(),
                    step -> isOfWholeModels(step) && each.results().containsKey(step.key()) && seen.add(step.key()));
            if (found.lines().isEmpty()) continue;
            all.put(each.name(), found);
            tasks.computeIfAbsent(each.spec().path("task").path("type").asText(), _ -> new LinkedHashMap<>())
                    .put(each.name(), found);
        }
        List<FigureSketch> figures = new ArrayList<>(across("", all));
        if (tasks.size() > 1) tasks.forEach((task, its) -> figures.addAll(across(", " + task, its)));
        return figures;
    }

    private static boolean isOfWholeModels(PlannedStep step) {
        return step.spec() instanceof InterpolateStep spec && spec.parameters() == Parameters.All;
    }

    static List<FigureSketch> across(String which, Map<String, Interpolations> experiments) {
        if (experiments.size() < 2) return List.of();
        List<FigureSketch> figures = new ArrayList<>(lines(
                which,
                BlendLines.of(List.copyOf(experiments.values())),
                "pairs of languages of " + String.join(", ", experiments.keySet())));
        figures.add(geometry(which, experiments, null));
        return figures;
    }

    private static List<FigureSketch> lines(String which, BlendLines found, String cells) {
        return List.of(
                line(
                        "scores between models" + which,
                        "score over that of the model of both",
                        found.lines(BlendMean::normalised),
                        cells + ", each a mean over seeds"),
                line(
                        "deviation between models" + which,
                        "standard deviation over seeds / score of both",
                        found.lines(BlendMean::deviation),
                        cells),
                line(
                        "variance between models" + which,
                        "variance over seeds / score of both",
                        found.lines(BlendMean::variance),
                        cells));
    }

    private static FigureSketch line(String what, String y, List<Line> lines, String cells) {
        return new FigureSketch(
                what, title -> new Lines(title, ALPHA, y, lines), "Mean over %s;".formatted(cells) + BANDS);
    }

    /// @param group of a point within its experiment; null for one group an experiment
    private static FigureSketch geometry(
            String which, Map<String, Interpolations> experiments, @Nullable Function<BlendGeometry, String> group) {
        Map<String, List<double[]>> groups = new LinkedHashMap<>();
        experiments.forEach((name, found) -> {
            for (BlendGeometry each : found.geometry()) {
                Double ratio = each.ratio();
                Double degrees = each.degrees();
                if (each.part().equals("all") && ratio != null && degrees != null)
                    groups.computeIfAbsent(group == null ? name : group.apply(each), _ -> new ArrayList<>())
                            .add(new double[] {degrees, ratio});
            }
        });
        return new FigureSketch(
                "geometry of the models" + which,
                title -> new Scatter(
                        title, "angle, degrees", "norm to the source over norm to the target", Group.all(groups)),
                "One point a pair of languages and seed: the ways from the model of both to the other two.");
    }

    /// A map for each target and scored language.
    private static List<FigureSketch> planes(Interpolations found) {
        record Panel(String stage, String target, String language) {}
        Map<Panel, List<BlendMean>> panels = new LinkedHashMap<>();
        for (BlendMean mean : BlendMean.of(found.planes()))
            if (mean.of().metric().equals(found.planes().getFirst().metric()) && mean.normalised() != null)
                panels.computeIfAbsent(
                                new Panel(
                                        mean.of().stage(),
                                        mean.of().target(),
                                        mean.of().language()),
                                _ -> new ArrayList<>())
                        .add(mean);
        return panels.entrySet().stream()
                .map(panel -> new FigureSketch(
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
