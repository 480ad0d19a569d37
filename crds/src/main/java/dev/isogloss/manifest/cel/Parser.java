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
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Recursive descent over CEL's grammar, one method a level of precedence.
final class Parser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<number>\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)"
            + "|(?<string>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
            + "|(?<name>[A-Za-z_][A-Za-z0-9_]*)"
            + "|(?<symbol>&&|\\|\\||[=!<>]=|[-+*/%!<>?:.,()\\[\\]]))");
    private static final Set<String> MACROS = Set.of("all", "exists", "exists_one", "filter", "map");

    private final String text;
    private final Matcher tokens;
    private String kind = "";
    private String token = "";

    Parser(String text) {
        this.text = text;
        this.tokens = TOKEN.matcher(text);
        advance();
    }

    Expression whole() {
        Expression expression = conditional();
        if (!kind.equals("end")) throw wrong("an operator");
        return expression;
    }

    private Expression conditional() {
        Expression condition = or();
        if (!take("?")) return condition;
        Expression yes = or();
        expect(":");
        return new Conditional(condition, yes, conditional());
    }

    private Expression or() {
        Expression left = and();
        while (take("||")) left = new Or(left, and());
        return left;
    }

    private Expression and() {
        Expression left = relation();
        while (take("&&")) left = new And(left, relation());
        return left;
    }

    private Expression relation() {
        return binary(
                Set.of("==", "!=", "<", "<=", ">", ">=", "in"),
                () -> binary(Set.of("+", "-"), () -> binary(Set.of("*", "/", "%"), this::unary)));
    }

    private interface Level {
        Expression parse();
    }

    private Expression binary(Set<String> operators, Level tighter) {
        Expression left = tighter.parse();
        while (operators.contains(token) && !kind.equals("string")) {
            String operator = token;
            advance();
            left = new Binary(operator, left, tighter.parse());
        }
        return left;
    }

    private Expression unary() {
        if (take("!")) return new Not(unary());
        if (take("-")) return new Negate(unary());
        return member();
    }

    private Expression member() {
        Expression operand = primary();
        while (true) {
            if (take("[")) {
                operand = new Index(operand, conditional());
                expect("]");
            } else if (take(".")) {
                String name = name();
                operand = take("(") ? call(operand, name) : new Select(operand, name);
            } else {
                return operand;
            }
        }
    }

    private Expression primary() {
        String read = token;
        switch (kind) {
            case "number" -> {
                advance();
                return new Literal(read.matches("\\d+") ? (Object) Long.valueOf(read) : Double.valueOf(read));
            }
            case "string" -> {
                advance();
                return new Literal(read.substring(1, read.length() - 1).replaceAll("\\\\(.)", "$1"));
            }
            case "name" -> {
                String name = name();
                if (name.equals("true") || name.equals("false")) return new Literal(Boolean.valueOf(name));
                return take("(") ? call(null, name) : new Name(name);
            }
            default -> {
                if (take("(")) {
                    Expression inside = conditional();
                    expect(")");
                    return inside;
                }
                if (take("[")) return new ListOf(items("]"));
                throw wrong("a value");
            }
        }
    }

    private Expression call(@Nullable Expression target, String function) {
        List<Expression> arguments = items(")");
        if (target == null && function.equals("has")) {
            if (arguments.size() == 1 && arguments.getFirst() instanceof Select(Expression operand, String field))
                return new Has(operand, field);
            throw wrong("has(something.field)");
        }
        boolean macro = MACROS.contains(function) && arguments.size() == 2;
        if (target != null && macro && arguments.getFirst() instanceof Name(String variable))
            return new Comprehension(target, function, variable, arguments.get(1));
        return new Call(target, function, arguments);
    }

    private List<Expression> items(String end) {
        List<Expression> items = new ArrayList<>();
        if (take(end)) return items;
        do items.add(conditional());
        while (take(","));
        expect(end);
        return items;
    }

    private String name() {
        if (!kind.equals("name")) throw wrong("a name");
        String name = token;
        advance();
        return name;
    }

    private boolean take(String symbol) {
        if (!token.equals(symbol) || !kind.equals("symbol")) return false;
        advance();
        return true;
    }

    private void expect(String symbol) {
        if (!take(symbol)) throw wrong(symbol);
    }

    private void advance() {
        int from = kind.isEmpty() ? 0 : tokens.end();
        if (text.substring(from).isBlank()) {
            kind = "end";
            token = "";
            return;
        }
        if (!tokens.find(from) || tokens.start() != from)
            throw new IllegalArgumentException("no CEL at " + from + ": " + text);
        for (String name : List.of("number", "string", "name", "symbol")) {
            String found = tokens.group(name);
            if (found == null) continue;
            kind = name;
            token = found;
        }
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException("%s is wanted instead of \"%s\" in: %s".formatted(wanted, token, text));
    }
}
