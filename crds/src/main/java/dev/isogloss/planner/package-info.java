/// From specs to plans. Both executors start here.
@NullMarked
package dev.isogloss.planner;

import org.jspecify.annotations.NullMarked;
