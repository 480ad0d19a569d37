/// Metrics of the operator. No metric carries the name of a resource: names are without end.
@NullMarked
package dev.isogloss.operator.metrics;

import org.jspecify.annotations.NullMarked;
