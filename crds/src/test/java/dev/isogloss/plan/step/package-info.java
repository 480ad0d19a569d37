@NullMarked
package dev.isogloss.plan.step;

import org.jspecify.annotations.NullMarked;
