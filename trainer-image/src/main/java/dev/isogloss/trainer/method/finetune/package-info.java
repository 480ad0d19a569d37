/// Supervised training of encoder and head.
@NullMarked
package dev.isogloss.trainer.method.finetune;

import org.jspecify.annotations.NullMarked;
