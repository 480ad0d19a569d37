package dev.isogloss.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// JSON that is a map to lists of values of any kind: what they must be is known only where they are used.
/// Rules cannot speak of it: to the API server's language it has no type.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Scalars {
    /// Entries of the map, one at least.
    int fields();

    /// Values in each list.
    int least();

    int most();
}
