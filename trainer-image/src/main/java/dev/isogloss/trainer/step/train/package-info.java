/// Runners of the steps that train a model.
@NullMarked
package dev.isogloss.trainer.step.train;

import org.jspecify.annotations.NullMarked;
