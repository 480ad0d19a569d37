/// Figures: numbers with the way they are drawn, as vector pictures and as tables.
@NullMarked
package dev.isogloss.trainer.figure;

import org.jspecify.annotations.NullMarked;
