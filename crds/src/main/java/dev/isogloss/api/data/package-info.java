/// Labelled data and plain text: what they are, where they lie, how splits are cut.
@NullMarked
package dev.isogloss.api.data;

import org.jspecify.annotations.NullMarked;
