package dev.isogloss.trainer.analysis;

import java.math.BigDecimal;

/// The weights of three models in a fourth one. They add up to 1, so it lies in the plane through the three.
///
/// @param both   of the model trained on both languages
/// @param source of the source's
/// @param target of the target's
public record ModelBlend(double both, double source, double target) {
    public static final ModelBlend BOTH = new ModelBlend(1, 0, 0);
    public static final ModelBlend SOURCE = new ModelBlend(0, 1, 0);
    public static final ModelBlend TARGET = new ModelBlend(0, 0, 1);

    /// α of the way from the source's model to that of both.
    public static ModelBlend fromSource(double alpha) {
        return new ModelBlend(alpha, rest(alpha), 0);
    }

    /// α of the way from the target's model to that of both.
    public static ModelBlend fromTarget(double alpha) {
        return new ModelBlend(alpha, 0, rest(alpha));
    }

    /// From the model of both, `source` of the way to the source's and `target` of the way to the target's.
    public static ModelBlend inPlane(double source, double target) {
        return new ModelBlend(rest(source, target), source, target);
    }

    /// 1 minus decimals as they are written: 1 − 0.9 − 0.1 is 0, which it is not between doubles.
    private static double rest(double... parts) {
        BigDecimal rest = BigDecimal.ONE;
        for (double part : parts) rest = rest.subtract(BigDecimal.valueOf(part));
        return rest.doubleValue();
    }
}
