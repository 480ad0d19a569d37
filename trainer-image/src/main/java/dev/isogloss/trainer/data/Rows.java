package dev.isogloss.trainer.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a format's reader has found so far.
final class Rows {
    final List<Example> examples = new ArrayList<>();
    final List<Integer> lines = new ArrayList<>();
    private final Map<String, Integer> remarks = new LinkedHashMap<>();
    private final Map<String, Long> firstLines = new LinkedHashMap<>();

    void add(Example example, long line) {
        examples.add(example);
        lines.add(Math.toIntExact(line));
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
