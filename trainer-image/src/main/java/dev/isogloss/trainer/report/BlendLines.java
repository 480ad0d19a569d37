package dev.isogloss.trainer.report;

import dev.isogloss.report.BlendMean;
import dev.isogloss.report.BlendScore;
import dev.isogloss.report.Interpolations;
import dev.isogloss.report.Statistics;
import dev.isogloss.report.statistics.PairedComparison;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Point;
import dev.isogloss.trainer.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Scores along the lines between two models, by the main metric of each experiment (Wu et al. 2022, §4). A cell is one
/// pair of languages of one experiment, a mean over its seeds; lines are means over cells, bands the 95 % percentile
/// bootstrap over them.
///
/// @param means at the places that all experiments have measured: a mean over other cells at every other place would
///              move up and down for that reason alone
record BlendLines(List<BlendMean> means) {
    private static final int RESAMPLES = 1000;

    /// Always in one order, for it decides the colours.
    private static final List<String> KINDS = List.of(
            "from source, own language",
            "from source, other language",
            "from target, own language",
            "from target, other language");

    static BlendLines of(List<Interpolations> experiments) {
        Set<String> shared = sharedPlaces(experiments);
        List<BlendMean> means = new ArrayList<>();
        for (Interpolations experiment : experiments)
            for (BlendMean mean : BlendMean.of(experiment.lines()))
                if (mean.of().metric().equals(experiment.lines().getFirst().metric())
                        && shared.contains(mean.of().place().get(1))) means.add(mean);
        return new BlendLines(means);
    }

    private static Set<String> sharedPlaces(List<Interpolations> experiments) {
        Set<String> shared = new LinkedHashSet<>();
        for (Interpolations experiment : experiments)
            experiment.lines().forEach(score -> shared.add(score.place().get(1)));
        for (Interpolations experiment : experiments)
            shared.retainAll(experiment.lines().stream()
                    .map(score -> score.place().get(1))
                    .toList());
        return shared;
    }

    /// Four kinds: where a line starts, and whether it is scored in its own language.
    List<Line> lines(Function<BlendMean, @Nullable Double> value) {
        MeanLines kinds = new MeanLines();
        for (BlendMean mean : means) {
            BlendScore score = mean.of();
            Double number = value.apply(mean);
            if (number == null) continue;
            boolean fromTarget = score.place().get(0).equals("target");
            boolean own = fromTarget == score.language().equals(score.target());
            kinds.add(
                    "from %s, %s language".formatted(score.place().get(0), own ? "own" : "other"),
                    Double.parseDouble(score.place().get(1)),
                    number);
        }
        return kinds.by(BlendLines::banded).stream()
                .sorted(Comparator.comparingInt(line -> KINDS.indexOf(line.name())))
                .toList();
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
}
