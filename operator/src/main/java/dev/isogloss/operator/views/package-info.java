/// Read-only views of Jobs, pods and steps.
@NullMarked
package dev.isogloss.operator.views;

import org.jspecify.annotations.NullMarked;
