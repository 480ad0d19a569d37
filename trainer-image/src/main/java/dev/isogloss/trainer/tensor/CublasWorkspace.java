package dev.isogloss.trainer.tensor;

/// The memory that cuBLAS may use beside the matrices, which decides about the order of its sums when products share
/// it. libtorch gives every stream a workspace of its own, which is enough for one order. Up to 2.7 or so it insists
/// on `CUBLAS_WORKSPACE_CONFIG` all the same where algorithms are to be deterministic: it looks once, at the first
/// product. Later versions, too, then read the variable at every product, by a regular expression that they compile
/// each time: 50 µs and more, several times a layer.
///
/// So the variable is there for the first product and gone afterwards. Who sets it keeps it.
final class CublasWorkspace {

    private static final String VARIABLE = "CUBLAS_WORKSPACE_CONFIG";
    private static final String DETERMINISTIC = ":4096:8";

    private CublasWorkspace() {}

    /// Before libtorch is loaded.
    static void announce() {
        if (isOurs()) Libc.setEnvironment(VARIABLE, DETERMINISTIC);
    }

    /// After deterministic algorithms were asked for.
    static void withdraw() {
        if (!isOurs()) return;
        multiply();
        Libc.unsetEnvironment(VARIABLE);
        try {
            multiply();
        } catch (IllegalStateException e) {
            Libc.setEnvironment(VARIABLE, DETERMINISTIC); // a libtorch that looks each time
            multiply();
        }
    }

    private static boolean isOurs() {
        return System.getenv(VARIABLE) == null;
    }

    private static void multiply() {
        try (Scope _ = Scope.open()) {
            Tensor one = Tensor.ones(1, 1);
            one.matmul(one).toDouble();
        }
    }
}
