/// The kind CoTrainingRun.
@NullMarked
package dev.isogloss.api.run;

import org.jspecify.annotations.NullMarked;
