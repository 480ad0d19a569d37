package dev.isogloss.trainer.method.iwda;

import dev.isogloss.trainer.tensor.Tensor;

/// Maximum mean discrepancy with a sum of five Gaussian kernels (Gretton et al., JMLR 2012), an option of the authors'
/// code. There is no critic: the encoder descends it.
///
///     L = 1/n² Σ w̃ᵢw̃ᵢ′ K(z̃ᵢ, z̃ᵢ′) + 1/m² Σ K(z̃′ⱼ, z̃′ⱼ′) − 2/nm Σ w̃ᵢ K(z̃ᵢ, z̃′ⱼ)
///     K(x, y) = Σ_{e = −2..2} exp(−‖x − y‖² / 2ᵉβ)
///
/// β is the mean of ‖x − y‖² over all pairs of both batches, taken as a constant.
///
/// Authors' code: batches of the same size only. Here any.
record KernelMmd() implements Alignment {
    private static final int KERNELS = 5;
    private static final double RATIO = 2;

    @Override
    public Tensor loss(Tensor z, Tensor weight, Tensor zPrime) {
        Tensor xx = squaredDistances(z, z); // [n, n]
        Tensor yy = squaredDistances(zPrime, zPrime); // [m, m]
        Tensor xy = squaredDistances(z, zPrime); // [n, m]
        Tensor beta = bandwidth(xx, yy, xy);
        Tensor w = weight.reshape(-1, 1); // [n, 1]
        Tensor source = kernel(xx, beta).times(w).times(weight).mean();
        Tensor target = kernel(yy, beta).mean();
        return source.plus(target).minus(kernel(xy, beta).times(w).mean().times(2));
    }

    /// ‖x‖² + ‖y‖² − 2x·y, [n, m].
    private static Tensor squaredDistances(Tensor x, Tensor y) {
        Tensor xs = x.square().sum(1, true); // [n, 1]
        Tensor ys = y.square().sum(1, false); // [m]
        return xs.plus(ys).minus(x.matmul(y.transpose(0, 1)).times(2)).maximum(Tensor.scalar(0));
    }

    private static Tensor bandwidth(Tensor xx, Tensor yy, Tensor xy) {
        long n = xx.size(0) + yy.size(0);
        Tensor sum = xx.sum().plus(yy.sum()).plus(xy.sum().times(2)).detach();
        return sum.dividedBy((double) (n * n - n)).maximum(Tensor.scalar(1e-12));
    }

    private static Tensor kernel(Tensor squared, Tensor beta) {
        Tensor sum = Tensor.scalar(0);
        double scale = Math.pow(RATIO, -(KERNELS / 2));
        for (int i = 0; i < KERNELS; i++, scale *= RATIO)
            sum = squared.dividedBy(beta.times(scale)).negate().exp().plus(sum);
        return sum;
    }

    @Override
    public double reversal(double lambda) {
        return -lambda;
    }
}
