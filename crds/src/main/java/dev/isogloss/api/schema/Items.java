package dev.isogloss.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The limits of a list.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Items {
    int min() default 1;

    int max();

    /// Nothing twice; Kubernetes merges it as a set.
    boolean distinct() default false;

    /// The field in which its records differ, and by which Kubernetes merges it.
    String keyedBy() default "";
}
