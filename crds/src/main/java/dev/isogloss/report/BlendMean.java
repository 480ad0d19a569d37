package dev.isogloss.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The scores of models at the same place, over seeds, beside those m of the model of both languages (Wu et al. 2022,
/// §4).
///
/// @param of         one of the scores: place, language and metric
/// @param mean       over the seeds
/// @param both       m: the mean over the same seeds of the model of both languages
/// @param normalised mean / m; null where m is 0
/// @param variance   sample variance / m; null with one seed. The paper leaves open whether it divides by m or by m²
/// @param deviation  sample standard deviation / m; null with one seed
/// @param n          the number of seeds
public record BlendMean(
        BlendScore of,
        double mean,
        double both,
        @Nullable Double normalised,
        @Nullable Double variance,
        @Nullable Double deviation,
        int n) {

    private record Cell(String stage, String target, List<String> place, String language, String metric) {
        Cell(BlendScore score) {
            this(score.stage(), score.target(), score.place(), score.language(), score.metric());
        }
    }

    /// In the order in which their first seeds come.
    public static List<BlendMean> of(List<BlendScore> scores) {
        Map<Cell, List<BlendScore>> cells = new LinkedHashMap<>();
        for (BlendScore score : scores)
            cells.computeIfAbsent(new Cell(score), _ -> new ArrayList<>()).add(score);
        return cells.values().stream().map(BlendMean::overSeeds).toList();
    }

    private static BlendMean overSeeds(List<BlendScore> seeds) {
        Statistics score = Statistics.of(seeds.stream().map(BlendScore::score).toList());
        double both =
                Statistics.of(seeds.stream().map(BlendScore::both).toList()).mean();
        Double std = both > 0 ? score.std() : null;
        return new BlendMean(
                seeds.getFirst(),
                score.mean(),
                both,
                both > 0 ? Double.valueOf(score.mean() / both) : null,
                std == null ? null : Double.valueOf(std * std / both),
                std == null ? null : Double.valueOf(std / both),
                score.n());
    }

    String csv(String experiment) {
        return Csv.line(
                experiment,
                of.stage(),
                of.target(),
                of.place().get(0),
                of.place().get(1),
                of.language(),
                of.metric(),
                mean,
                both,
                normalised,
                variance,
                deviation,
                n);
    }
}
