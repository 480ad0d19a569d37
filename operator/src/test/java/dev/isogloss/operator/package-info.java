@NullMarked
package dev.isogloss.operator;

import org.jspecify.annotations.NullMarked;
