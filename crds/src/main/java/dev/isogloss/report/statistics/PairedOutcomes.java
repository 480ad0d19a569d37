package dev.isogloss.report.statistics;

/// Numerators and denominators of a score, example by example in one language, so that it can be taken of any sample:
///
///     score(sample)  =  1/S Σ_s ( Σ_i num[s][i] ) / ( Σ_i den[s][i] )          i over the sample, s over seeds
///
/// Accuracy has num = correct units and den = units; micro F1 has num = 2·correct and den = predicted + gold.
///
/// @param numerator   [seed][example]
/// @param denominator [seed][example]
public record PairedOutcomes(double[][] numerator, double[][] denominator) {

    /// @throws IllegalArgumentException unless all rows have one length
    public PairedOutcomes {
        if (numerator.length == 0 || numerator.length != denominator.length)
            throw new IllegalArgumentException(numerator.length + " and " + denominator.length + " seeds");
        for (int s = 0; s < numerator.length; s++)
            if (numerator[s].length != numerator[0].length || denominator[s].length != numerator[0].length)
                throw new IllegalArgumentException("seeds differ in their number of examples");
    }

    public int examples() {
        return numerator[0].length;
    }

    public int seeds() {
        return numerator.length;
    }

    /// Of all examples.
    public double score() {
        double sum = 0;
        for (int s = 0; s < seeds(); s++) {
            double num = 0;
            double den = 0;
            for (int i = 0; i < examples(); i++) {
                num += numerator[s][i];
                den += denominator[s][i];
            }
            sum += ratio(num, den);
        }
        return sum / seeds();
    }

    /// Of a sample with repetitions.
    ///
    /// @param sample numbers of examples
    double score(int[] sample) {
        double sum = 0;
        for (int s = 0; s < seeds(); s++) {
            double num = 0;
            double den = 0;
            for (int i : sample) {
                num += numerator[s][i];
                den += denominator[s][i];
            }
            sum += ratio(num, den);
        }
        return sum / seeds();
    }

    /// Of all examples, some of them as another system predicted them.
    ///
    /// @param swapped bit i says whether example i is the other's
    double score(PairedOutcomes other, long[] swapped) {
        double sum = 0;
        for (int s = 0; s < seeds(); s++) {
            double num = 0;
            double den = 0;
            for (int i = 0; i < examples(); i++) {
                boolean theirs = (swapped[i >> 6] >>> (i & 63) & 1) != 0;
                PairedOutcomes whose = theirs ? other : this;
                num += whose.numerator[s][i];
                den += whose.denominator[s][i];
            }
            sum += ratio(num, den);
        }
        return sum / seeds();
    }

    private static double ratio(double num, double den) {
        return den == 0 ? 0 : num / den;
    }
}
