/// Files to examples and texts: the formats of the field, strict about bytes and lines, plain about what is wrong.
@NullMarked
package dev.isogloss.trainer.data;

import org.jspecify.annotations.NullMarked;
