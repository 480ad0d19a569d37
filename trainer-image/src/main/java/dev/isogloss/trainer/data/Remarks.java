package dev.isogloss.trainer.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a reader noticed in a file and a user may want to know: once each, with how often and where first.
final class Remarks {
    private final List<String> sentences = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, Long> firstLines = new LinkedHashMap<>();

    void add(String what, long line) {
        counts.merge(what, 1, Integer::sum);
        firstLines.putIfAbsent(what, line);
    }

    /// Something about the file as a whole.
    void tell(String what) {
        sentences.add(what);
    }

    /// A label as it is written, without white space around it; null for none.
    @Nullable
    String label(@Nullable String written, long line) {
        if (written == null) return null;
        String label = trimmed(written, line);
        return label.isEmpty() ? null : label;
    }

    /// A label without white space around it; tells that there was some.
    String trimmed(String written, long line) {
        String label = LabelSpelling.trimmed(written);
        if (label.length() < written.length() && !label.isEmpty())
            add("white space around a label, which is no part of it", line);
        return label;
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>(sentences);
        counts.forEach(
                (what, count) -> notes.add("%,d × %s (first on line %d)".formatted(count, what, firstLines.get(what))));
        return notes;
    }
}
