package dev.isogloss.trainer.pseudolabel;

import dev.isogloss.trainer.statistics.GaussianMixture;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The labels of one model that are worth handing on, out of all that it gave a pool: "distillation by model
/// confidence" and "distillation by clustering" of Bari et al., ACL 2021, section 3.3.
///
/// @param kept    places in the pool
/// @param mixture what the losses were divided by; null without
public record TrustedLabels(BitSet kept, @Nullable GaussianMixture mixture) {
    /// Losses of fewer labels are not divided.
    private static final int FEWEST = 4;

    /// The ⌊n·η⌋ most confident; of equals those that come first.
    ///
    /// @param confidences c(x), finite
    /// @param fraction    η, 0 to 1
    public static TrustedLabels mostConfident(double[] confidences, double fraction) {
        int most = ConfidentDraw.most(confidences.length, fraction);
        BitSet kept = new BitSet();
        if (most == 0) return new TrustedLabels(kept, null);
        double[] sorted = confidences.clone();
        Arrays.sort(sorted);
        double least = sorted[sorted.length - most];
        int above = 0;
        for (double confidence : confidences) if (confidence > least) above++;
        int equals = most - above;
        for (int i = 0; i < confidences.length; i++)
            if (confidences[i] > least || confidences[i] == least && equals-- > 0) kept.set(i);
        return new TrustedLabels(kept, null);
    }

    /// Those whose loss is of the lower component of a mixture with a greater probability than `posterior`. All of them
    /// where there is nothing to divide: fewer than four, or all alike.
    ///
    /// @param losses cross-entropy of each prediction with its own most probable labels, finite
    public static TrustedLabels lowLosses(double[] losses, double posterior) {
        BitSet kept = new BitSet();
        kept.set(0, losses.length);
        if (losses.length < FEWEST || Arrays.stream(losses).distinct().limit(2).count() < 2)
            return new TrustedLabels(kept, null);
        GaussianMixture mixture = GaussianMixture.fit(losses);
        for (int i = 0; i < losses.length; i++) kept.set(i, mixture.isLower(losses[i]) > posterior);
        return new TrustedLabels(kept, mixture);
    }
}
