@NullMarked
package dev.isogloss.operator.views;

import org.jspecify.annotations.NullMarked;
