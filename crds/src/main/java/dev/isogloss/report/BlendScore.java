package dev.isogloss.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The score of a model between three, in one language.
///
/// @param stage    the stage `interpolate` that measured it
/// @param target   the language of the second of the three models
/// @param place    as the stage's tables have it: where its line starts and how far along it is; or, in a plane, how
///     far to the source's model and how far to the target's
/// @param language that was scored
/// @param score    between 0 and 1
/// @param both     the score of the model of both languages, of the same seed and language
public record BlendScore(
        String stage,
        String target,
        @Nullable Long seed,
        List<String> place,
        String language,
        String metric,
        double score,
        double both) {

    /// Cells of a line of CSV: those of its place are columns of their own.
    String csv(String experiment) {
        return Csv.line(experiment, stage, target, seed, place.get(0), place.get(1), language, metric, score);
    }
}
