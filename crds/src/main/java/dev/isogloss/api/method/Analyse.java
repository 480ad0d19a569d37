package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.names;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stage `analyse`: how far apart languages lie in the models of the stages before it, class by class and layer by
/// layer, how far their priors, and how scores go with either (Xian, Ji & Zhao, ICLR 2022, §2). Trains nothing.
public record Analyse(
        @Size(min = 1, max = 128)
        @Distinct
        @JsonPropertyDescription("Splits to look at; they must have labels. Without it: those of evaluate.splits.")
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.SPLIT) String> splits,

        @Min(1)
        @Max(Limits.EXAMPLES)
        @Default("5000")
        @JsonPropertyDescription(
                "Take features of at most so many examples of each language and split, the first ones; priors are counted"
                        + " over all. Default 5000.")
        int maxExamples)
        implements MethodSettings {

    public Analyse {
        if (splits != null) splits = names("splits", splits, 128, Patterns.SPLIT);
        within("maxExamples", maxExamples, 1, Limits.EXAMPLES);
    }
}
