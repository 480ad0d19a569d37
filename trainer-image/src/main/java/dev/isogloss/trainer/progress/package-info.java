/// Events of a run, and the ways to show them.
@NullMarked
package dev.isogloss.trainer.progress;

import org.jspecify.annotations.NullMarked;
