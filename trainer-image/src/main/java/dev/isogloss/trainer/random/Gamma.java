package dev.isogloss.trainer.random;

/// The gamma distribution of scale 1 (Marsaglia & Tsang, ACM TOMS 2000): divided by their sum, several of
/// them are a draw from a Dirichlet distribution.
public final class Gamma {
    private Gamma() {}

    /// @param shape α, > 0
    public static double draw(double shape, RandomStream random) {
        if (shape < 1) return draw(shape + 1, random) * StrictMath.pow(random.nextDouble(), 1 / shape);
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
            if (v <= 0) continue;
            if (StrictMath.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) return d * v;
        }
    }
}
