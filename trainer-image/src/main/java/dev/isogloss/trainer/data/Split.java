package dev.isogloss.trainer.data;

import java.util.List;

/// The examples of one language and split, in the order of their file.
///
/// @param lines where each example starts in the file, counted from 1
/// @param notes what a user may want to know and need not mend: empty texts, a label spelt differently
public record Split(
        String language,
        String name,
        List<Example> examples,
        List<Integer> lines,
        SourceFile file,
        List<String> notes) {

    public Split {
        examples = List.copyOf(examples);
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
        if (lines.size() != examples.size())
            throw new IllegalArgumentException(examples.size() + " examples on " + lines.size() + " lines");
    }

    /// The first `most` examples.
    public Split upTo(int most) {
        return new Split(language, name, examples.subList(0, most), lines.subList(0, most), file, notes);
    }

    /// The same under another name.
    public Split named(String other) {
        return new Split(language, other, examples, lines, file, notes);
    }

    public int size() {
        return examples.size();
    }

    /// Where an example stands, as an error message names it.
    public String place(int index) {
        return file.path() + ", line " + lines.get(index);
    }
}
