/// What is to be done: step specs, their keys, the plan they form and what they leave behind. Records and functions on
/// the JDK alone.
@NullMarked
package dev.isogloss.plan;

import org.jspecify.annotations.NullMarked;
