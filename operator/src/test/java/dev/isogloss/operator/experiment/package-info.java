@NullMarked
package dev.isogloss.operator.experiment;

import org.jspecify.annotations.NullMarked;
