package dev.isogloss.trainer.analysis;

import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.trainer.data.LabelSet;
import java.util.Arrays;

/// Shares of the classes in the source, in the target, and in the target as the weights have it.
///
/// @param source    P_S(y)
/// @param target    P_T(y) by the target's labels; all 0 where it has none
/// @param estimated p∘w
/// @param weights   w
public record PriorShift(double[] source, double[] target, double[] estimated, double[] weights) {

    public static PriorShift of(double[] source, double[] target, double[] weights) {
        double[] estimated = new double[source.length];
        for (int j = 0; j < source.length; j++) estimated[j] = source[j] * weights[j];
        return new PriorShift(source, target, estimated, weights);
    }

    /// Total variation, 0 to 1.
    public static double totalVariation(double[] p, double[] q) {
        double sum = 0;
        for (int j = 0; j < p.length; j++) sum += Math.abs(p[j] - q[j]);
        return sum / 2;
    }

    /// 1 − TV(P_T, p∘w)/TV(P_T, p): 1 where the weights find the target's prior, 0 where they are no better than none;
    /// not a number where the priors do not differ.
    double correction() {
        return 1 - totalVariation(target, estimated) / totalVariation(target, source);
    }

    public Facts facts(LabelSet labels) {
        Facts facts = Facts.NONE;
        boolean known = Arrays.stream(target).sum() > 0;
        for (int j = 0; j < source.length; j++) {
            String label = labels.labels().get(j);
            facts = facts.with(Fact.Prior, "source." + label, source[j]).with(Fact.Weight, label, weights[j]);
            if (known) facts = facts.with(Fact.Prior, "target." + label, target[j]);
        }
        if (!known) return facts;
        return facts.with(Fact.PriorShift, totalVariation(target, source))
                .with(Fact.PriorShiftLeft, totalVariation(target, estimated))
                .with(Fact.PriorCorrection, correction());
    }
}
