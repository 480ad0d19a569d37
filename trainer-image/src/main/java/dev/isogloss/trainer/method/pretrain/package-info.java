/// Masked-language modelling.
@NullMarked
package dev.isogloss.trainer.method.pretrain;

import org.jspecify.annotations.NullMarked;
