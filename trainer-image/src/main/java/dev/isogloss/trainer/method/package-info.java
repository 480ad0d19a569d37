/// Methods, the objectives of trainings: one contract, and one small file per paper's idea.
@NullMarked
package dev.isogloss.trainer.method;

import org.jspecify.annotations.NullMarked;
