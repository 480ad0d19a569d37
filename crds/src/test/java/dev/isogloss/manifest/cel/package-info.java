@NullMarked
package dev.isogloss.manifest.cel;

import org.jspecify.annotations.NullMarked;
