/// Analysis of models from inside: class means by layer. It reads models and trains nothing.
@NullMarked
package dev.isogloss.trainer.analysis;

import org.jspecify.annotations.NullMarked;
