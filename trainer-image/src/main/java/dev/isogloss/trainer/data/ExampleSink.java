package dev.isogloss.trainer.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The examples that a format's reader has found so far; of a file that is read a piece at a time, since the last
/// piece.
final class ExampleSink {
    final List<Example> examples = new ArrayList<>();
    final List<Integer> lines = new ArrayList<>();
    private final int piece;
    private final Runnable full;
    private long found;
    private final Map<String, Integer> remarks = new LinkedHashMap<>();
    private final Map<String, Long> firstLines = new LinkedHashMap<>();

    ExampleSink() {
        this(Integer.MAX_VALUE, rows -> {});
    }

    /// @param piece examples after which `full` is told; it empties the lists
    ExampleSink(int piece, Consumer<ExampleSink> full) {
        this.piece = piece;
        this.full = () -> full.accept(this);
    }

    void add(Example example, long line) {
        examples.add(example);
        lines.add(Math.toIntExact(line));
        found++;
        if (examples.size() >= piece) full.run();
    }

    boolean foundNone() {
        return found == 0;
    }

    /// Something to tell the user once, with how often and where first.
    void remark(String what, long line) {
        remarks.merge(what, 1, Integer::sum);
        firstLines.putIfAbsent(what, line);
    }

    List<String> notes() {
        return remarks.entrySet().stream()
                .map(remark -> "%,d × %s (first on line %d)"
                        .formatted(remark.getValue(), remark.getKey(), firstLines.get(remark.getKey())))
                .toList();
    }
}
