/// Tasks: examples to items, heads, losses, predictions, scores.
@NullMarked
package dev.isogloss.trainer.task;

import org.jspecify.annotations.NullMarked;
