/// Results summed up and held to numbers from elsewhere.
@NullMarked
package dev.isogloss.summary;

import org.jspecify.annotations.NullMarked;
