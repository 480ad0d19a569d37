/// Annotations that become rules of the definitions, and the patterns and limits they share.
@NullMarked
package dev.isogloss.api.schema;

import org.jspecify.annotations.NullMarked;
