/// Names and sentences that a user of the cluster may see: labels, reasons, conditions, messages.
@NullMarked
package dev.isogloss.operator.names;

import org.jspecify.annotations.NullMarked;
