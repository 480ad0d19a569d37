/// Storage of steps: `steps/<key>/`, written beside and renamed; nothing exists before `result.json`.
@NullMarked
package dev.isogloss.trainer.store;

import org.jspecify.annotations.NullMarked;
