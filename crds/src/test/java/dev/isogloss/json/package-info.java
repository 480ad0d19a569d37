/// The canonical form held to the RFC's own vectors.
@NullMarked
package dev.isogloss.json;

import org.jspecify.annotations.NullMarked;
