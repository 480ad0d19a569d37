package dev.isogloss.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A field whose default is `{}`: every default of the fields inside it. Reading `@Default("{}")`, the generator would
/// build the record from nothing, and the record refuses that.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Defaulted {}
