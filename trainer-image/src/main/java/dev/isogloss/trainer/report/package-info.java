/// Tables, figures and pages from what steps left in a store.
@NullMarked
package dev.isogloss.trainer.report;

import org.jspecify.annotations.NullMarked;
