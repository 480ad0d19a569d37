package dev.isogloss.manifest.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression as it was parsed.
sealed interface Expression {
    record Literal(Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record Select(Expression operand, String field) implements Expression {}

    /// `has(operand.field)`
    record Has(Expression operand, String field) implements Expression {}

    record Index(Expression operand, Expression index) implements Expression {}

    record ListOf(List<Expression> items) implements Expression {}

    record Not(Expression operand) implements Expression {}

    record Negate(Expression operand) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    record Conditional(Expression condition, Expression yes, Expression no) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /// `function(arguments)` or `target.function(arguments)`
    record Call(@Nullable Expression target, String function, List<Expression> arguments) implements Expression {}

    /// `range.macro(variable, body)`: all, exists, exists_one, filter, map
    record Comprehension(Expression range, String macro, String variable, Expression body) implements Expression {}
}
