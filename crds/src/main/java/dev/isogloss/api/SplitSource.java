package dev.isogloss.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A split made of (a part of) another file: `file` replaces `{split}`, examples `first` to `last` are kept (counted
/// from 1, both included).
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
        Integer last) {}
