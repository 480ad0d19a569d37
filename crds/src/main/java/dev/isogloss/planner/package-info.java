/// From a manifest's text to a plan: what is written, whether it is right, what it means. Both executors start here.
@NullMarked
package dev.isogloss.planner;

import org.jspecify.annotations.NullMarked;
