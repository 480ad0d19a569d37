package dev.isogloss.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Keywords of the schema of fields inside this field, where they differ from those of its type: a YAML map of maps, as
/// in `batchSize: {minimum: 2}`. A field that is null is left out.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface SchemaInside {
    String value();
}
