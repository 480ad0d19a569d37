package dev.isogloss.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

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

    /// Examples that were made and stand in no file of a user's: one a line.
    public static Split of(String language, String name, List<Example> examples, SourceFile file) {
        List<Integer> lines = IntStream.rangeClosed(1, examples.size()).boxed().toList();
        return new Split(language, name, examples, lines, file, List.of());
    }

    /// The examples from `from` on, up to but not including `to`.
    public Split slice(int from, int to) {
        return new Split(language, name, examples.subList(from, to), lines.subList(from, to), file, notes);
    }

    /// The examples of these numbers, in their order.
    public Split pick(int[] numbers) {
        return new Split(
                language,
                name,
                Arrays.stream(numbers).mapToObj(examples::get).toList(),
                Arrays.stream(numbers).mapToObj(lines::get).toList(),
                file,
                notes);
    }

    /// Every example as `change` makes it.
    public Split map(UnaryOperator<Example> change) {
        return new Split(language, name, examples.stream().map(change).toList(), lines, file, notes);
    }

    /// The same under another name.
    public Split named(String other) {
        return new Split(language, other, examples, lines, file, notes);
    }

    public int size() {
        return examples.size();
    }

    /// The place of an example, as error messages name it.
    public String place(int index) {
        return file.path() + ", line " + lines.get(index);
    }
}
