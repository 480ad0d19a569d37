/// Files that users hand in: opened where they lie and nowhere else, and read whole only within a bound.
@NullMarked
package dev.isogloss.trainer.files;

import org.jspecify.annotations.NullMarked;
