/// Tasks, the heads that learn them and the metrics that score them.
@NullMarked
package dev.isogloss.api.task;

import org.jspecify.annotations.NullMarked;
