/// Settings of an installation, and their defaults.
@NullMarked
package dev.isogloss.operator.settings;

import org.jspecify.annotations.NullMarked;
