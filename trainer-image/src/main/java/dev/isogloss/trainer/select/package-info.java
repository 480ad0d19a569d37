/// What a model may learn from beside gold labels: which of another model's labels are trusted, and which of those are
/// handed on.
@NullMarked
package dev.isogloss.trainer.select;

import org.jspecify.annotations.NullMarked;
