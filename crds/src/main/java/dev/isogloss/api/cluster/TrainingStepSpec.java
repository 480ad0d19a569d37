package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a plan, as the operator writes it: the work of one pod.
@ValidationRule(
        value = "self.key == oldSelf.key && self.step == oldSelf.step",
        message = "a step is what it is: key and step cannot change; make another TrainingStep")
public record TrainingStepSpec(
        @Required
        @Size(min = 64, max = 64)
        @Pattern(Patterns.KEY)
        @JsonPropertyDescription("SHA-256 of the step's canonical JSON: the name of its folder in the store. Required.")
        String key,

        @Required
        @Size(min = 1, max = 32)
        @JsonPropertyDescription(
                "Which kind of step: Pretrain, RankTranslations, Train, SemanticAlignment, Adapt, Evaluate, "
                        + "Ensemble, Analyse, PredictPool, SelectPseudoLabels or ChooseBestRound. Required.")
        String kind,

        @Required
        @Size(min = 1, max = 65536)
        @JsonPropertyDescription("The step's canonical JSON: everything that decides its result. Required.")
        String step,

        @Size(min = 1, max = 256) @JsonPropertyDescription("A few words for people.") @Nullable
        String title,

        @Size(min = 0, max = 512)
        @Distinct
        @Default("[]")
        @JsonPropertyDescription("Keys of the steps whose output it reads. Default [].")
        List<@Size(min = 64, max = 64) @Pattern(Patterns.KEY) String> inputs,

        @Default("{}") @JsonPropertyDescription("Where it finds what it reads. Default {}.")
        Locations locations,

        @Required @JsonPropertyDescription("Where it leaves what it makes. Required.")
        Storage storage,

        @Default("{}") @JsonPropertyDescription("How it runs. Default {}.")
        Runtime runtime,

        @Min(0) @Max(1000000) @Default("0") @JsonPropertyDescription("Raise it to try a failed step again. Default 0.")
        int attempt,

        @Default("false") @JsonPropertyDescription("true stops it after a checkpoint; false goes on. Default false.")
        boolean suspend) {}
