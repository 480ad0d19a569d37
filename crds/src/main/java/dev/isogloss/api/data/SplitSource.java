package dev.isogloss.api.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A split made of (a part of) another file: `file` replaces `{split}`, examples `first` to `last` are kept (counted
/// from 1, both included), and of these
/// those that `partition`, `minOFraction` and `prior` choose, in this order.
@ValidationRule(
        value = "!has(self.first) || !has(self.last) || self.first <= self.last",
        message = "first must not be greater than last",
        fieldPath = ".first")
public record SplitSource(
        @Matches(Form.Split)
        @Length(max = 64)
        @Meaning("What {split} stands for in the path when this split is read: dev reads the dev file.")
        String file,

        @Range(min = 1, max = Limits.EXAMPLES)
        @Meaning("First example to keep, counted from 1. Without it: 1.")
        @Nullable
        Integer first,

        @Range(min = 1, max = Limits.EXAMPLES)
        @Meaning("Last example to keep, itself included. Without it: the last of the file.")
        @Nullable
        Integer last,

        @Meaning("Keep one part of those examples at random. Without it: all.") @Nullable
        Partition partition,

        @Range(min = 0, max = 1)
        @Meaning("Tagging tasks: keep sentences with at least this share of words tagged O. Without it: all.")
        @Nullable
        Double minOFraction,

        @Meaning("Draw from what is left so that the classes have given shares. Without it: all of it.") @Nullable
        Prior prior) {

    public SplitSource {
        Bounds.check(SplitSource.class, file, first, last, partition, minOFraction, prior);
        if (first != null && last != null && first > last)
            throw new InvalidInput("first is %d and last is %d; first must not be greater.".formatted(first, last));
    }

    /// A range of a file.
    public SplitSource(String file, @Nullable Integer first, @Nullable Integer last) {
        this(file, first, last, null, null, null);
    }

    /// True if examples are chosen by chance or by their labels.
    @JsonIgnore
    public boolean isSampled() {
        return partition != null || minOFraction != null || prior != null;
    }
}
