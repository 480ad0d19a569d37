/// Control loops of experiments: a plan becomes TrainingSteps, and their results become a status, the same way for
/// every kind of experiment.
@NullMarked
package dev.isogloss.operator.experiment;

import org.jspecify.annotations.NullMarked;
