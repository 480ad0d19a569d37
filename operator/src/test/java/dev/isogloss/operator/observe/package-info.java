@NullMarked
package dev.isogloss.operator.observe;

import org.jspecify.annotations.NullMarked;
