/// Every constant that a user of the cluster may see: names, labels, annotations, condition types and reasons.
@NullMarked
package dev.isogloss.operator.words;

import org.jspecify.annotations.NullMarked;
