@NullMarked
package dev.isogloss.result;

import org.jspecify.annotations.NullMarked;
