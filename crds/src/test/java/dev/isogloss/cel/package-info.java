/// Rules evaluated, and held to another implementation of CEL.
@NullMarked
package dev.isogloss.cel;

import org.jspecify.annotations.NullMarked;
