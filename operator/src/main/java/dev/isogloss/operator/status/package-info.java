/// Conditions and the phase derived from them: the form that all statuses share.
@NullMarked
package dev.isogloss.operator.status;

import org.jspecify.annotations.NullMarked;
