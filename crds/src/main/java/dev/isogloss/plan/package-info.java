/// Plans and what to do next: the graph of steps, their states, the decision. Records and functions on the JDK alone.
@NullMarked
package dev.isogloss.plan;

import org.jspecify.annotations.NullMarked;
