@NullMarked
package dev.isogloss.operator.act;

import org.jspecify.annotations.NullMarked;
