package dev.isogloss.api.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/// One of several parts of a file that share no example. The cut depends on the seed and the file's length alone, so
/// that different parts of parallel files share no line either.
@ValidationRule(value = "self.part <= self.of", message = "part counts from 1 to of", fieldPath = ".part")
public record Partition(
        @Range(min = 2, max = 1000000) @Meaning("Into how many parts the file is cut.")
        int of,

        @Range(min = 1, max = 1000000) @Meaning("Which of them, counted from 1.")
        int part,

        @Range(min = 0, max = Limits.SEED) @Default("1") @Meaning("From which the cut is drawn.")
        long seed) {

    public Partition {
        Bounds.check(Partition.class, of, part, seed);
        if (part > of) throw new InvalidInput("part is %d of %d; it counts from 1 to of.".formatted(part, of));
    }
}
