/// What whoever installs the operator may set, and what holds where they set nothing.
@NullMarked
package dev.isogloss.operator.settings;

import org.jspecify.annotations.NullMarked;
