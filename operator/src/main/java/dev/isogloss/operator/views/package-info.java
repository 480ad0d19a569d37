/// Read-only views of Jobs, pods and steps, and the caches they are read from.
@NullMarked
package dev.isogloss.operator.views;

import org.jspecify.annotations.NullMarked;
