/// From an experiment to its steps and back: the plan is walked here, the same way for every kind of experiment.
@NullMarked
package dev.isogloss.operator.experiment;

import org.jspecify.annotations.NullMarked;
