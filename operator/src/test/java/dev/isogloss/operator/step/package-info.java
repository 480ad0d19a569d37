@NullMarked
package dev.isogloss.operator.step;

import org.jspecify.annotations.NullMarked;
