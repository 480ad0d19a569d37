/// Tables from what steps left in a store: comparisons and shifts.
@NullMarked
package dev.isogloss.trainer.report;

import org.jspecify.annotations.NullMarked;
