/// Pseudo-labels: those of one model on a pool, and which of them are handed on.
@NullMarked
package dev.isogloss.trainer.pseudolabel;

import org.jspecify.annotations.NullMarked;
