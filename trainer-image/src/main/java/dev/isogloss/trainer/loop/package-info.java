/// Drives any method over any task: batches, schedule, optimiser, checkpoints, curve.
@NullMarked
package dev.isogloss.trainer.loop;

import org.jspecify.annotations.NullMarked;
