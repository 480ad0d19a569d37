package dev.isogloss.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// JSON that holds a part of the specs of other kinds: the same fields with the same limits and sentences, but nothing
/// is required, nothing is filled in, and rules between fields wait until the whole is known.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface PartOf {
    /// The specs whose fields it may have.
    Class<? extends Record>[] value();

    /// Fields of theirs that it has not.
    String[] without();

    /// A record whose fields it has beside them, and which are required unless they are nullable; `Record` for none.
    Class<? extends Record> beside() default Record.class;

    /// Whether null may stand for any field: it takes away what another part says of it.
    boolean nullable() default false;

    /// Whether its fields have their sentences: a second part of the same specs can do without, and then a
    /// definition is shorter by a quarter.
    boolean explained() default true;
}
