package dev.isogloss.report;

import org.jspecify.annotations.Nullable;

/// One number of one model in one round of one seed.
///
/// @param model    its name, without the target
/// @param target   the language that it is for; null where it is for all
/// @param measure  a metric, or what is counted: `labelled`, `selected`
/// @param language that was measured; null of a count
/// @param split    that was measured; null of a count
public record RoundMeasure(
        String model,
        @Nullable String target,
        @Nullable Long seed,
        int round,
        String measure,
        @Nullable String language,
        @Nullable String split,
        double value) {}
