package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The models on a line between two: α times the weights of the one trained on both languages, and 1 − α times those of
/// the one trained on a single language.
public record InterpolationLine(
        @Items(max = InterpolationLine.MOST, distinct = true)
        @Meaning("Each α, in any order. Without it: -0.5 to 1.5 by 0.1, and twelve more near 0 and 1 (Wu et al. 2022).")
        @Nullable
        List<@Range(min = -InterpolationLine.BOUND, max = InterpolationLine.BOUND) Double> coefficients) {

    public static final int MOST = 101;

    /// Of the absolute value of a coefficient.
    public static final double BOUND = 10;

    private static final List<Double> NEAR_THE_ENDS =
            List.of(0.025, 0.05, 0.075, 0.125, 0.15, 0.175, 0.825, 0.85, 0.875, 0.925, 0.95, 0.975);

    public InterpolationLine {
        Bounds.check(InterpolationLine.class, coefficients);
        if (coefficients != null) coefficients = List.copyOf(coefficients);
    }

    /// In ascending order.
    public List<Double> resolved() {
        return coefficients != null
                ? ascending(coefficients.stream())
                : ascending(Stream.concat(InterpolationPlane.TENTHS.stream(), NEAR_THE_ENDS.stream()));
    }

    /// Zero has one sign, so that it is one coefficient.
    static List<Double> ascending(Stream<Double> coefficients) {
        return coefficients.map(each -> each + 0.0).distinct().sorted().toList();
    }
}
