/// From decisions to Kubernetes: Jobs, TrainingSteps, claims and events. Creates once, owns what it creates.
@NullMarked
package dev.isogloss.operator.act;

import org.jspecify.annotations.NullMarked;
