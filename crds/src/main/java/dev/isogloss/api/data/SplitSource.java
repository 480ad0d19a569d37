package dev.isogloss.api.data;

import static dev.isogloss.api.schema.Bounds.form;
import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A split made of (a part of) another file: `file` replaces `{split}`, examples `first` to `last` are kept (counted
/// from 1, both included), and of these
/// those that `partition`, `minOFraction` and `prior` choose, in this order.
@ValidationRule(
        value = "!has(self.first) || !has(self.last) || self.first <= self.last",
        message = "first must not be greater than last")
public record SplitSource(
        @Required
        @Size(min = 1, max = 64)
        @Pattern(Patterns.SPLIT)
        @JsonPropertyDescription(
                "What {split} stands for in the path when this split is read: dev reads the dev file. Required.")
        String file,

        @Min(1)
        @Max(Limits.EXAMPLES)
        @JsonPropertyDescription("First example to keep, counted from 1. Without it: 1.")
        @Nullable
        Integer first,

        @Min(1)
        @Max(Limits.EXAMPLES)
        @JsonPropertyDescription("Last example to keep, itself included. Without it: the last of the file.")
        @Nullable
        Integer last,

        @JsonPropertyDescription("Keep one part of those examples at random. Without it: all.") @Nullable
        Partition partition,

        @Min(0)
        @Max(1)
        @JsonPropertyDescription(
                "Tagging tasks: keep sentences with at least this share of words tagged O. Without it: all.")
        @Nullable
        Double minOFraction,

        @JsonPropertyDescription("Draw from what is left so that the classes have given shares. Without it: all of it.")
        @Nullable
        Prior prior) {

    public SplitSource {
        present("file", file);
        form("file", file, 64, Patterns.SPLIT);
        within("first", first, 1, Limits.EXAMPLES);
        within("last", last, 1, Limits.EXAMPLES);
        within("minOFraction", minOFraction, 0, 1);
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
