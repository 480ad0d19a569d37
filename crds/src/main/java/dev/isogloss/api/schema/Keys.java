package dev.isogloss.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Limits of a map: how many entries it may have and how long its keys may be.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Keys {
    int max();

    int length();

    /// Of a map of maps: how many entries each of these may have. 0 where its values are no maps.
    int inside() default 0;
}
