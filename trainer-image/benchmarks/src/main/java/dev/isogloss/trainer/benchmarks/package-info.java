/// Times what the trainer does most, in the rows of `docs/benchmarks.md`: one JSON object a line.
@NullMarked
package dev.isogloss.trainer.benchmarks;

import org.jspecify.annotations.NullMarked;
