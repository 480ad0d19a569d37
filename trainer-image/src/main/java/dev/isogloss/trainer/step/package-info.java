/// From a step's spec to its result: what a step runs with, and one case for each kind of step.
@NullMarked
package dev.isogloss.trainer.step;

import org.jspecify.annotations.NullMarked;
