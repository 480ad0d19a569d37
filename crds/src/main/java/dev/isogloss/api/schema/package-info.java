/// Annotations that become rules of the definitions and of the constructors, and the forms and limits they share.
@NullMarked
package dev.isogloss.api.schema;

import org.jspecify.annotations.NullMarked;
