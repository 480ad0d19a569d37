package dev.isogloss.report;

import org.jspecify.annotations.Nullable;

/// The way that three models lie to each other, as a stage `interpolate` has found it.
///
/// @param part       `all` weights, or those of the `encoder` or the `head`
/// @param normSource norm of the way from the model of both languages to the source's
/// @param normTarget norm of the way to the target's
/// @param ratio      the first over the second; null without a second way
/// @param degrees    the angle between the two; null without one of them
public record BlendGeometry(
        String stage,
        String target,
        @Nullable Long seed,
        String part,
        double normSource,
        double normTarget,
        @Nullable Double ratio,
        @Nullable Double degrees) {

    String csv(String experiment) {
        return Csv.line(experiment, stage, target, seed, part, normSource, normTarget, ratio, degrees);
    }
}
