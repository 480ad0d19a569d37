package dev.isogloss.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The examples that a format's reader has found so far; of a file that is read a piece at a time, since the last
/// piece.
final class ExampleSink {
    final List<Example> examples = new ArrayList<>();
    final List<Integer> lines = new ArrayList<>();
    private final int piece;
    private final Runnable full;
    private long found;
    private final Remarks remarks = new Remarks();

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

    /// A label as it is written, without white space around it; null for none.
    @Nullable
    String label(@Nullable String written, long line) {
        return remarks.label(written, line);
    }

    /// A label without white space around it; tells that there was some.
    String trimmed(String written, long line) {
        return remarks.trimmed(written, line);
    }

    /// Something to tell the user once, with how often and where first.
    void remark(String what, long line) {
        remarks.add(what, line);
    }

    /// Something to tell the user of the file as a whole.
    void tell(String what) {
        remarks.tell(what);
    }

    List<String> notes() {
        return remarks.notes();
    }
}
