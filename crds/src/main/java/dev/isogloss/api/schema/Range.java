package dev.isogloss.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The limits of a number; exactly one of `min` and `above` is given.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Range {
    /// The least value.
    double min() default Double.NaN;

    /// A bound that is no value itself.
    double above() default Double.NaN;

    double max();
}
