package dev.isogloss.manifest;

import dev.isogloss.api.WholeCharacters;
import dev.isogloss.manifest.Value.Mapping;
import dev.isogloss.manifest.Value.Mark;
import dev.isogloss.manifest.Value.Scalar;
import dev.isogloss.manifest.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/// Text to values: YAML (and so JSON), several documents a file, each value with its place. Values are plain data; no
/// tag of a file makes an object of a class.
final class Documents {
    /// Values in a file after anchors are expanded; the largest sensible manifest has a few thousand.
    private static final int MOST_VALUES = 100_000;

    private final String file;
    private final Consumer<Problem> problems;
    private int[] points = {};
    private int values;

    Documents(String file, Consumer<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// The documents of `text` that are not empty; what cannot be read is a problem.
    List<Value> read(String text) {
        points = text.codePoints().toArray();
        List<Value> documents = new ArrayList<>();
        try {
            for (Node node : new Yaml(options()).composeAll(new java.io.StringReader(text))) {
                Value value = value(node);
                if (!value.isNothing()) documents.add(value);
            }
        } catch (TooMany | StackOverflowError _) {
            problem(
                    new Mark(0, 0),
                    "expands to more than " + MOST_VALUES + " values; write less, or use fewer anchors (&name)");
        } catch (MarkedYAMLException failure) {
            var mark = failure.getProblemMark();
            if (mark == null) problem(new Mark(0, 0), explain(failure, 0));
            else problem(new Mark(mark.getLine() + 1, mark.getColumn() + 1), explain(failure, mark.getIndex()));
        } catch (ReaderException failure) {
            problem(place(failure.getPosition()), unreadable(failure.getCodePoint()));
        } catch (YAMLException failure) {
            problem(new Mark(0, 0), "is no YAML that can be read: " + failure.getMessage());
        }
        return documents;
    }

    private static String unreadable(int codePoint) {
        return "U+%04X stands here, a control character that YAML does not allow%s; remove it"
                .formatted(codePoint, codePoint == 0 ? " (is the file UTF-16? Save it as UTF-8)" : "");
    }

    /// @param index of a character, from 0
    private Mark place(int index) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(index, points.length); i++) {
            column++;
            if (points[i] != '\n') continue;
            line++;
            column = 1;
        }
        return new Mark(line, column);
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        options.setNestingDepthLimit(64);
        options.setCodePointLimit(ManifestReader.MOST_BYTES);
        return options;
    }

    private String explain(MarkedYAMLException failure, int index) {
        String line = line(index);
        boolean tab = index < points.length && points[index] == '\t'
                || line.substring(0, line.length() - line.stripLeading().length())
                        .contains("\t");
        if (tab) return "a tab stands where YAML wants spaces; indent by spaces";
        String context = failure.getContext() == null ? "" : failure.getContext() + ": ";
        String reason =
                String.valueOf(failure.getProblem()).replaceFirst("\\.? \\(Do not use .* for indentation\\)", "");
        String advice = LookAlikes.mistake(line)
                .or(() -> LookAlikes.mistake(line(start(index) - 1)))
                .orElse("look at indentation, quotes and brackets here and just above");
        return "is no YAML that can be read (" + context + reason + "); " + advice;
    }

    /// The line around the character number `index`.
    private String line(int index) {
        int from = start(index);
        int to = from;
        while (to < points.length && points[to] != '\n') to++;
        return new String(points, from, to - from);
    }

    private int start(int index) {
        int start = Math.clamp(index, 0, points.length);
        while (start > 0 && points[start - 1] != '\n') start--;
        return start;
    }

    private Value value(Node node) {
        if (++values > MOST_VALUES) throw new TooMany();
        Mark mark = mark(node);
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar, mark);
            case SequenceNode sequence ->
                new Sequence(mark, sequence.getValue().stream().map(this::value).toList());
            case MappingNode mapping -> mapping(mapping, mark);
            default -> throw new YAMLException("unexpected " + node.getNodeId());
        };
    }

    private Value scalar(ScalarNode node, Mark mark) {
        boolean text = node.getScalarStyle() != ScalarStyle.PLAIN || isTaggedAsText(node);
        Object value = text ? node.getValue() : Scalars.plain(node.getValue());
        lookAlikes(node, mark, false);
        if (value instanceof Double number && !Double.isFinite(number)) {
            problem(mark, node.getValue() + " is no number that JSON knows; write a finite one");
            value = null;
        }
        return new Scalar(mark, value, node.getValue());
    }

    private void lookAlikes(ScalarNode node, Mark mark, boolean key) {
        if (!WholeCharacters.areAllOf(node.getValue()))
            problem(mark, "half of a character (a surrogate) stands here; write both halves");
        if (node.getScalarStyle() == ScalarStyle.PLAIN)
            LookAlikes.mistake(node.getValue(), key).ifPresent(mistake -> problem(mark, mistake));
    }

    /// True if the file itself says `!!str`: SnakeYAML's own guess at a plain scalar's type looks the same in its tag.
    private boolean isTaggedAsText(ScalarNode node) {
        if (!node.getTag().equals(Tag.STR)) return false;
        int from = node.getStartMark().getIndex();
        int to = Math.min(node.getEndMark().getIndex(), points.length);
        return from < to && new String(points, from, to - from).contains("!!str");
    }

    private Value mapping(MappingNode node, Mark mark) {
        Mapping mapping = new Mapping(mark);
        List<Value> merged = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            Value value = value(tuple.getValueNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(mark(tuple.getKeyNode()), "a key must be a text, not a list or a map");
                continue;
            }
            Mark keyMark = mark(key);
            lookAlikes(key, keyMark, true);
            if (key.getScalarStyle() == ScalarStyle.PLAIN
                    && !isTaggedAsText(key)
                    && Scalars.plain(key.getValue()) instanceof Boolean read
                    && !key.getValue().equals(read.toString()))
                problem(
                        keyMark,
                        "kubectl reads the bare word %s as %s, also where it is a key; write \"%s\""
                                .formatted(key.getValue(), read, key.getValue()));
            if (key.getTag().equals(Tag.MERGE)) merged.add(value);
            else if (mapping.members().containsKey(key.getValue())) {
                int first = mapping.markOf(key.getValue()).line();
                problem(
                        keyMark,
                        "%s stands twice in the same map, first in line %d; keep one of them"
                                .formatted(key.getValue(), first));
            } else mapping.put(key.getValue(), keyMark, value);
        }
        merged.forEach(other -> merge(mapping, other));
        return mapping;
    }

    /// `<<: *anchor`: members of another map that are not given here.
    private static void merge(Mapping into, Value from) {
        switch (from) {
            case Mapping other -> {
                for (Map.Entry<String, Value> member : other.members().entrySet())
                    if (!into.members().containsKey(member.getKey()))
                        into.put(member.getKey(), other.markOf(member.getKey()), member.getValue());
            }
            case Sequence several -> several.items().forEach(other -> merge(into, other));
            case Scalar _ -> {}
        }
    }

    private static Mark mark(Node node) {
        return new Mark(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
    }

    private void problem(Mark mark, String message) {
        problems.accept(new Problem(file, mark.line(), mark.column(), "", message));
    }

    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
