@NullMarked
package dev.isogloss.operator.status;

import org.jspecify.annotations.NullMarked;
