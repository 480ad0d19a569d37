/// Runners of the steps between two rounds: pseudo-labels, their selection, the best round.
@NullMarked
package dev.isogloss.trainer.step.rounds;

import org.jspecify.annotations.NullMarked;
