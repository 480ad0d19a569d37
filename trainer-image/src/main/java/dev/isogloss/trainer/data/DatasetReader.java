package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.trainer.files.InputFile;
import java.util.List;
import java.util.function.Consumer;

/// A reader of splits, each from one file.
public final class DatasetReader {
    private DatasetReader() {}

    /// Reads the examples that `split` of `language` means, from the file that holds them.
    ///
    /// @param file where the split lies (see [DataFiles])
    /// @throws InvalidInput for whatever is wrong with the file, in one sentence with its line
    public static Split read(DatasetIdentity identity, InputFile file, String language, String split, TaskType task) {
        return read(identity, file, file.path().getFileName().toString(), language, split, task);
    }

    /// The same, with the name under which the file is recorded.
    public static Split read(
            DatasetIdentity identity, InputFile file, String name, String language, String split, TaskType task) {
        DataFormatReader format = DataFormatReader.of(identity.format(), identity.fields(), task, language);
        ExampleSink rows = new ExampleSink();
        SourceFile source;
        try (Lines lines = Lines.open(file, name)) {
            format.read(lines, rows);
            source = lines.finish();
        }
        if (rows.examples.isEmpty())
            throw new InvalidInput("%s holds no examples: split \"%s\" of language \"%s\" is empty."
                    .formatted(file.path(), split, language));
        Split whole = new Split(language, split, rows.examples, rows.lines, source, rows.notes());
        return identity.cut(language, split).map(part -> cut(whole, part)).orElse(whole);
    }

    /// Reads a split a piece at a time, so that a pool of any size takes the memory of one piece.
    ///
    /// @param piece  examples in a piece, > 0; the last one may hold fewer
    /// @param reader of pieces, in the file's order; the SHA-256 of their file is not known yet, and empty
    /// @return the file, read to its end, and what the format's reader noticed
    /// @throws InvalidInput as [#read] does
    public static Split stream(
            DatasetIdentity identity,
            InputFile file,
            String name,
            String language,
            String split,
            TaskType task,
            int piece,
            Consumer<Split> reader) {
        DataFormatReader format = DataFormatReader.of(identity.format(), identity.fields(), task, language);
        SplitStream pieces = new SplitStream(
                language, split, new SourceFile(name, file.path(), "", 0), identity.cut(language, split), reader);
        ExampleSink rows = new ExampleSink(piece, pieces);
        SourceFile source;
        try (Lines lines = Lines.open(file, name)) {
            format.read(lines, rows);
            source = lines.finish();
        }
        pieces.accept(rows);
        pieces.requireAll();
        return new Split(language, split, List.of(), List.of(), source, rows.notes());
    }

    /// The range of a split that `part` names.
    ///
    /// @throws InvalidInput if it reaches beyond the split
    public static Split cut(Split whole, SplitSource part) {
        int first = part.first() == null ? 1 : part.first();
        int last = part.last() == null ? whole.size() : part.last();
        if (first < 1 || last < first)
            throw new InvalidInput(
                    "Split \"%s\" asks for examples %d to %d; they are counted from 1, and last is at least first."
                            .formatted(whole.name(), first, last));
        if (last > whole.size())
            throw new InvalidInput("Split \"%s\" of language \"%s\" asks for examples %d to %d, but %s has %,d."
                    .formatted(
                            whole.name(),
                            whole.language(),
                            first,
                            last,
                            whole.file().path(),
                            whole.size()));
        return whole.slice(first - 1, last);
    }
}
