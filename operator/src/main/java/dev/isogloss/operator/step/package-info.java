/// One TrainingStep, one Job: what is seen of it, what is to be done about it, what its status says.
@NullMarked
package dev.isogloss.operator.step;

import org.jspecify.annotations.NullMarked;
