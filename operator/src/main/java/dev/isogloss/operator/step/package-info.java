/// Control loop of TrainingSteps, with one Job for each: observation, decision, action, status.
@NullMarked
package dev.isogloss.operator.step;

import org.jspecify.annotations.NullMarked;
