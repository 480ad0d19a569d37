@NullMarked
package dev.isogloss.operator.metrics;

import org.jspecify.annotations.NullMarked;
