package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The models in the plane through three: from the one trained on both languages, α₁ of the way to the source's and
/// α₂ of the way to the target's.
public record InterpolationPlane(
        @Items(max = InterpolationPlane.MOST, distinct = true)
        @Meaning(
                "Each α₁, and each α₂ with each of them, in any order. Without it: -0.5 to 1.5 by 0.1 (Wu et al. 2022).")
        @Nullable
        List<@Range(min = -InterpolationLine.BOUND, max = InterpolationLine.BOUND) Double> coefficients) {

    public static final int MOST = 41;

    /// From -0.5 to 1.5.
    static final List<Double> TENTHS =
            IntStream.rangeClosed(-5, 15).mapToObj(tenths -> tenths / 10.0).toList();

    public InterpolationPlane {
        Bounds.check(InterpolationPlane.class, coefficients);
        if (coefficients != null) coefficients = List.copyOf(coefficients);
    }

    /// In ascending order.
    public List<Double> resolved() {
        return coefficients != null ? InterpolationLine.ascending(coefficients.stream()) : TENTHS;
    }
}
