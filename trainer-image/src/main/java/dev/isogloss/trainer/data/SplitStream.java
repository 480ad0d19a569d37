package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.SplitSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A split handed on a piece at a time, and only the part of the file that it is cut from.
final class SplitStream implements Consumer<ExampleSink> {
    private final String language;
    private final String split;
    private final SourceFile file;
    private final Consumer<Split> reader;
    private final long first;
    private final long last;
    private final boolean wholeFile;
    private long read;

    SplitStream(String language, String split, SourceFile file, Optional<SplitSource> part, Consumer<Split> reader) {
        this.language = language;
        this.split = split;
        this.file = file;
        this.reader = reader;
        Integer from = part.map(SplitSource::first).orElse(null);
        Integer to = part.map(SplitSource::last).orElse(null);
        this.first = from == null ? 1 : from;
        this.wholeFile = to == null;
        this.last = to == null ? Long.MAX_VALUE : to;
    }

    /// Empties the rows.
    @Override
    public void accept(ExampleSink rows) {
        int from = (int) Math.clamp(first - 1 - read, 0L, rows.examples.size());
        int to = (int) Math.clamp(last - read, 0L, rows.examples.size());
        read += rows.examples.size();
        List<Example> examples = from < to ? List.copyOf(rows.examples.subList(from, to)) : List.of();
        List<Integer> lines = from < to ? List.copyOf(rows.lines.subList(from, to)) : List.of();
        rows.examples.clear();
        rows.lines.clear();
        if (!examples.isEmpty()) reader.accept(new Split(language, split, examples, lines, file, List.of()));
    }

    /// @throws InvalidInput if the file ended before the part did, or held nothing
    void requireAll() {
        if (read == 0)
            throw new InvalidInput("%s holds no examples: split \"%s\" of language \"%s\" is empty."
                    .formatted(file.path(), split, language));
        if (read < first || !wholeFile && read < last)
            throw new InvalidInput("Split \"%s\" of language \"%s\" asks for examples %d to %s, but %s has %,d."
                    .formatted(split, language, first, wholeFile ? "the last" : last, file.path(), read));
    }
}
