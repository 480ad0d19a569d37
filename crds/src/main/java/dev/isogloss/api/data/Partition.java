package dev.isogloss.api.data;

import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Limits;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/// One of several parts of a file that share no example. The cut depends on the seed and the file's length alone, so
/// that different parts of parallel files share no line either.
@ValidationRule(value = "self.part <= self.of", message = "part counts from 1 to of")
public record Partition(
        @Required @Min(2) @Max(1000000) @JsonPropertyDescription("Into how many parts the file is cut. Required.")
        int of,

        @Required @Min(1) @Max(1000000) @JsonPropertyDescription("Which of them, counted from 1. Required.")
        int part,

        @Min(0) @Max(Limits.SEED) @Default("1") @JsonPropertyDescription("From which the cut is drawn. Default 1.")
        long seed) {

    public Partition {
        within("of", of, 2, 1000000);
        within("part", part, 1, 1000000);
        within("seed", seed, 0, Limits.SEED);
        if (part > of) throw new InvalidInput("part is %d of %d; it counts from 1 to of.".formatted(part, of));
    }
}
