/// Copies of texts that a masked language model has changed.
@NullMarked
package dev.isogloss.trainer.augment;

import org.jspecify.annotations.NullMarked;
