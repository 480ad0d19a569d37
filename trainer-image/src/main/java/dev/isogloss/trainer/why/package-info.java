/// Why steps are not in a store although something like them is: the nearest that is there, and what sets them apart.
@NullMarked
package dev.isogloss.trainer.why;

import org.jspecify.annotations.NullMarked;
