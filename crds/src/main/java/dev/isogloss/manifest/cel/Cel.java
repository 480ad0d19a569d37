package dev.isogloss.manifest.cel;

import dev.isogloss.manifest.cel.Expression.And;
import dev.isogloss.manifest.cel.Expression.Binary;
import dev.isogloss.manifest.cel.Expression.Call;
import dev.isogloss.manifest.cel.Expression.Comprehension;
import dev.isogloss.manifest.cel.Expression.Conditional;
import dev.isogloss.manifest.cel.Expression.Has;
import dev.isogloss.manifest.cel.Expression.Index;
import dev.isogloss.manifest.cel.Expression.ListOf;
import dev.isogloss.manifest.cel.Expression.Literal;
import dev.isogloss.manifest.cel.Expression.Name;
import dev.isogloss.manifest.cel.Expression.Negate;
import dev.isogloss.manifest.cel.Expression.Not;
import dev.isogloss.manifest.cel.Expression.Or;
import dev.isogloss.manifest.cel.Expression.Select;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A compiled expression. Values are maps, lists, strings, booleans, `Long` and `Double`.
public final class Cel {
    private final Expression expression;

    private Cel(Expression expression) {
        this.expression = expression;
    }

    /// @throws IllegalArgumentException if `text` is no CEL, or CEL that this package does not know
    public static Cel compile(String text) {
        return new Cel(new Parser(text).whole());
    }

    /// The expression's value.
    ///
    /// @throws EvaluationFailure where CEL itself gives an error: a key that is missing, values that do not fit
    public Object evaluate(Map<String, ?> variables) {
        return new Evaluation(new HashMap<>(variables)).of(expression);
    }

    /// CEL's error value, as far as it got out of the expression.
    public static final class EvaluationFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        EvaluationFailure(String message) {
            super(message);
        }
    }

    private record Evaluation(Map<String, Object> variables) {

        Object of(Expression expression) {
            return switch (expression) {
                case Literal(var value) -> value;
                case Name(var name) -> found(variables, name);
                case Select(var operand, var field) -> found(of(operand), field);
                case Has(var operand, var field) -> map(of(operand)).containsKey(field);
                case Index(var operand, var index) -> element(of(operand), of(index));
                case ListOf(var items) -> items.stream().map(this::of).toList();
                case Not(var operand) -> !truth(of(operand));
                case Negate(var operand) -> Operators.negate(of(operand));
                case And(var left, var right) -> shortCircuit(left, right, false);
                case Or(var left, var right) -> shortCircuit(left, right, true);
                case Conditional(var condition, var yes, var no) -> truth(of(condition)) ? of(yes) : of(no);
                case Binary(var operator, var left, var right) -> Operators.binary(operator, of(left), of(right));
                case Call(var target, var function, var arguments) -> {
                    List<Object> values = new ArrayList<>();
                    if (target != null) values.add(of(target));
                    arguments.forEach(argument -> values.add(of(argument)));
                    yield Operators.call(function, values);
                }
                case Comprehension macro -> comprehension(macro);
            };
        }

        /// `&&` and `||` forgive an error on one side when the other side decides.
        private boolean shortCircuit(Expression left, Expression right, boolean decisive) {
            try {
                if (truth(of(left)) == decisive) return decisive;
            } catch (EvaluationFailure failure) {
                if (truth(of(right)) == decisive) return decisive;
                throw failure;
            }
            return truth(of(right));
        }

        private Object comprehension(Comprehension macro) {
            Object range = of(macro.range());
            Iterable<?> items = range instanceof Map<?, ?> map ? map.keySet() : Operators.list(range);
            List<Object> kept = new ArrayList<>();
            int refused = 0;
            EvaluationFailure failed = null;
            for (Object item : items) {
                try {
                    Object value = with(macro.variable(), item).of(macro.body());
                    if (macro.macro().equals("map")) kept.add(value);
                    else if (truth(value)) kept.add(item);
                    else refused++;
                } catch (EvaluationFailure failure) {
                    failed = failure;
                }
            }
            // all and exists forgive an error that another item outweighs, as && and || do
            boolean decided =
                    macro.macro().equals("all") && refused > 0 || macro.macro().equals("exists") && !kept.isEmpty();
            if (failed != null && !decided) throw failed;
            return switch (macro.macro()) {
                case "all" -> refused == 0;
                case "exists" -> !kept.isEmpty();
                case "exists_one" -> kept.size() == 1;
                default -> kept;
            };
        }

        private Evaluation with(String variable, Object value) {
            Map<String, Object> inner = new HashMap<>(variables);
            inner.put(variable, value);
            return new Evaluation(inner);
        }

        private static Object element(Object operand, Object index) {
            if (!(operand instanceof List<?> list)) return found(operand, String.valueOf(index));
            if (index instanceof Long i && i >= 0 && i < list.size()) return list.get(i.intValue());
            throw new EvaluationFailure("no such element: " + index);
        }

        private static Object found(Object map, String key) {
            Object value = map(map).get(key);
            if (value == null) throw new EvaluationFailure("no such key: " + key);
            return value;
        }

        private static Map<?, ?> map(Object value) {
            if (value instanceof Map<?, ?> map) return map;
            throw new EvaluationFailure("no map: " + value);
        }

        private static boolean truth(Object value) {
            if (value instanceof Boolean truth) return truth;
            throw new EvaluationFailure("neither true nor false: " + value);
        }
    }
}
