package dev.isogloss.api.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Scalars;
import io.fabric8.generator.annotation.ValidationRule;

/// Values of which a system takes the best ones. All are tried: they are known before anything runs.
@ValidationRule(
        value = "self.over.size() > 0",
        message = "a sweep needs a field: write over: {\"stages[0].fineTune.learningRate\": [1e-5, 2e-5]}")
@ValidationRule(
        value = "self.over.all(field, self.over[field].size() > 1)",
        message = "a sweep needs two values of each field to choose between; write one of them into the system instead")
public record Sweep(
        @Matches(Form.Name) @Length(max = SystemHead.LONGEST_NAME) @Meaning("The system that it belongs to.")
        String system,

        @Keys(max = 4, length = 256)
        @Scalars(most = 16)
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
