/// Runners of the steps that measure models and train nothing.
@NullMarked
package dev.isogloss.trainer.step.measure;

import org.jspecify.annotations.NullMarked;
