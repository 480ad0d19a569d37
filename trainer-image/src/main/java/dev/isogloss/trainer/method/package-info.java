/// What a training minimises: one contract, and one small file per paper's idea.
@NullMarked
package dev.isogloss.trainer.method;

import org.jspecify.annotations.NullMarked;
