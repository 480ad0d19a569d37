package dev.isogloss.trainer.method.language;

import dev.isogloss.trainer.tensor.Losses;
import dev.isogloss.trainer.tensor.Tensor;

/// The contrastive losses of Yu & Joty, 2021, section 3.2, and of sentence encoders. Vectors are rows of length 1.
///
/// | symbol | here                                                        |
/// |--------|-------------------------------------------------------------|
/// | h      | `h` [n, d], each row normalised                             |
/// | τ      | `tau`, the temperature                                      |
/// | N_y    | how many rows of the batch are of class y                   |
/// | b      | translations of a text, and as many texts of other classes  |
public final class ContrastiveLoss {
    /// Added to a row's score of itself: e to this is 0. Not −∞, which times 0 is no number.
    private static final double NEVER = -1e9;

    private ContrastiveLoss() {}

    /// Label alignment, equation 2, divided by n:
    ///
    ///     L_LA  =  1/n Σᵢ 1/(N_yᵢ − 1) Σ_{j≠i, yⱼ=yᵢ} −log( exp(hᵢ·hⱼ/τ) / Σ_{k≠i} exp(hᵢ·h_k/τ) )
    ///
    /// A row that is the only one of its class contributes 0.
    /// Paper: the sum over i is not divided by n; the mean keeps λ independent of the batch's size.
    ///
    /// @param h       [n, d]
    /// @param classes of the rows
    /// @return []
    public static Tensor labelAlignment(Tensor h, long[] classes, double tau) {
        int n = classes.length;
        Tensor scores = h.matmul(h.transpose(0, 1)).dividedBy(tau).plus(diagonal(n, NEVER)); // [n, n]
        Tensor logShares = scores.minus(scores.logSumExp(1).reshape(n, 1)); // [n, n]
        return sameClass(classes).times(logShares).sum().dividedBy(-n);
    }

    /// 1/(N_yᵢ − 1) where j ≠ i is of i's class, else 0; [n, n].
    private static Tensor sameClass(long[] classes) {
        int n = classes.length;
        float[] weights = new float[n * n];
        for (int i = 0; i < n; i++) {
            int others = 0;
            for (int j = 0; j < n; j++) if (j != i && classes[j] == classes[i]) others++;
            for (int j = 0; j < n; j++) if (j != i && classes[j] == classes[i]) weights[i * n + j] = 1f / others;
        }
        return Tensor.of(weights, n, n);
    }

    private static Tensor diagonal(int n, double value) {
        float[] values = new float[n * n];
        for (int i = 0; i < n; i++) values[i * n + i] = (float) value;
        return Tensor.of(values, n, n);
    }

    /// Semantic alignment of one text, equation 4:
    ///
    ///     L_SA  =  − Σ_{t=1..b} log( exp(h₀·h_t/τ) / Σ_{k=1..} exp(h₀·h_k/τ) )
    ///
    /// @param h            the text, its b translations, then texts of other classes; [1 + b + m, d]
    /// @param translations b
    /// @return []
    public static Tensor semanticAlignment(Tensor h, int translations, double tau) {
        long rows = h.size(0);
        Tensor text = h.slice(0, 0, 1); // [1, d]
        Tensor scores = text.matmul(h.slice(0, 1, rows).transpose(0, 1)).dividedBy(tau); // [1, b + m]
        Tensor near = scores.slice(1, 0, translations).sum(); // []
        return scores.logSumExp(1).sum().times(translations).minus(near);
    }

    /// Translation ranking with additive margin (Yang et al., IJCAI 2019, eq. 4; Feng et al., 2020, eq. 2), in both
    /// directions:
    ///
    ///     φ(i, j)  =  s·(xᵢ·yⱼ − m·1[i = j])
    ///     L        =  1/n Σᵢ −log softmaxⱼ φ(i, j)[i]  +  1/n Σⱼ −log softmaxᵢ φ(i, j)[j]
    ///
    /// LaBSE has m = 0.3; the scale s is that of its descendants, for without it no softmax over cosines gets
    /// sharp.
    ///
    /// @param x texts, [n, d]
    /// @param y their translations, in the same order, [n, d]
    /// @return []
    public static Tensor ranking(Tensor x, Tensor y, double margin, double scale) {
        int n = Math.toIntExact(x.size(0));
        Tensor scores = x.matmul(y.transpose(0, 1)).plus(diagonal(n, -margin)).times(scale); // [n, n]
        Tensor own = Tensor.arange(n); // [n]
        return Losses.crossEntropy(scores, own, 0, Losses.IGNORED)
                .plus(Losses.crossEntropy(scores.transpose(0, 1), own, 0, Losses.IGNORED));
    }
}
