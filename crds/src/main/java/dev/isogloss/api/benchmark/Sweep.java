package dev.isogloss.api.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Scalars;

/// Values of which a system takes the best ones. All are tried: they are known before anything runs.
public record Sweep(
        @Matches(Form.Name) @Length(max = SystemHead.LONGEST_NAME) @Meaning("The system that it belongs to.")
        String system,

        @Scalars(fields = 4, least = 2, most = 16)
        @Meaning("Values by field, named from spec down: {\"stages[1].iwda.lambdaAlign\": [0.001, 0.005]}. Of several"
                + " fields all combinations are tried, 64 at most.")
        JsonNode over,

        @Defaulted @Meaning("What they are chosen by. Default {}: the score of the table, on dev, in the source.")
        ChoiceCriterion by) {
    /// Combinations of values.
    public static final int MOST = 64;

    public Sweep {
        Bounds.check(Sweep.class, "system", system);
    }
}
