package dev.isogloss.trainer.step.measure;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.method.Interpolate.Parameters;
import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.trainer.analysis.ModelBlend;
import java.util.ArrayList;
import java.util.List;

/// A point on a line or in a plane between models, and the model that stands there.
///
/// @param place as tables have it: where a line starts and how far along; or how far to the source and to the target
record GridPoint(List<Object> place, Blends model) {

    /// The proportions of a model's two parts.
    record Blends(ModelBlend encoder, ModelBlend head) {
        static final Blends BOTH = new Blends(ModelBlend.BOTH, ModelBlend.BOTH);

        /// @param rest of the part that is not interpolated
        static Blends of(Parameters parameters, ModelBlend blend, ModelBlend rest) {
            return new Blends(parameters.includesEncoder() ? blend : rest, parameters.includesHead() ? blend : rest);
        }
    }

    /// All points of a step, in the order of its table.
    static List<GridPoint> of(InterpolateStep spec) {
        List<GridPoint> points = new ArrayList<>();
        if (spec.line() != null) {
            for (double alpha : spec.line())
                points.add(line("source", alpha, ModelBlend.fromSource(alpha), ModelBlend.SOURCE, spec));
            for (double alpha : spec.line())
                points.add(line("target", alpha, ModelBlend.fromTarget(alpha), ModelBlend.TARGET, spec));
            return points;
        }
        List<Double> plane = requireNonNull(spec.plane());
        for (double source : plane)
            for (double target : plane)
                points.add(new GridPoint(
                        List.of(source, target),
                        Blends.of(spec.parameters(), ModelBlend.inPlane(source, target), ModelBlend.BOTH)));
        return points;
    }

    private static GridPoint line(String from, double alpha, ModelBlend blend, ModelBlend start, InterpolateStep spec) {
        return new GridPoint(List.of(from, alpha), Blends.of(spec.parameters(), blend, start));
    }
}
