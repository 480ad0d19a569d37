package dev.isogloss.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a hyperparameter that came later: at the value (JSON) that means the old behaviour it is left out of the
/// canonical form, so that keys made before it existed stay what they were.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface LeftOutAt {
    String value();
}
