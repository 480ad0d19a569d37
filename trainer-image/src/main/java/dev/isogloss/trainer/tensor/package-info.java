/// The engine's facade: tensors, scopes, gradients, kernels; the only package that knows which engine is underneath.
@NullMarked
package dev.isogloss.trainer.tensor;

import org.jspecify.annotations.NullMarked;
