/// What is to be seen in the cluster, as values: steps, Jobs, pods and what they left behind. Writes nothing.
@NullMarked
package dev.isogloss.operator.observe;

import org.jspecify.annotations.NullMarked;
