/// Inputs of steps: labelled data, texts, translations, encoders, pseudo-labels.
@NullMarked
package dev.isogloss.trainer.step.inputs;

import org.jspecify.annotations.NullMarked;
