/// The kind TrainingStep, and what all kinds say about pods, storage and status.
@NullMarked
package dev.isogloss.api.cluster;

import org.jspecify.annotations.NullMarked;
