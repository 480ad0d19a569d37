package dev.isogloss.plan.step;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a kind of step asks of the machine that runs it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Cost {
    /// Need of a GPU: it computes much with a model.
    boolean device();

    /// Rough duration in evaluations: training takes many passes over many examples, an evaluation one over few.
    int weight();
}
