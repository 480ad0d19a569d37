/// Tables from what steps left in a store: comparisons, shifts and predictions.
@NullMarked
package dev.isogloss.trainer.report;

import org.jspecify.annotations.NullMarked;
