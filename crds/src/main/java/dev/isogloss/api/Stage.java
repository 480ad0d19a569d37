package dev.isogloss.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One stage of an experiment: exactly one method, named by its field.
@ValidationRule(
        value = "[has(self.pretrain), has(self.fineTune), has(self.languageAdaptation), has(self.iwda)].filter(given, "
                + "given).size() == 1",
        message =
                "a stage is exactly one method: pretrain, fineTune, languageAdaptation or iwda; write further methods "
                        + "as further items of the list")
public record Stage(
        @Size(min = 1, max = 32)
        @Pattern(Patterns.DNS_LABEL_ANY_CASE)
        @JsonPropertyDescription(
                "How tables call this stage. Without it: the method's name, numbered from the second on (fineTune-2).")
        @Nullable
        String name,

        @JsonPropertyDescription("Continue masked-language modelling on the corpus, for each seed.") @Nullable
        Pretrain pretrain,

        @JsonPropertyDescription("Train encoder and head on labelled examples; {} takes every default.") @Nullable
        FineTune fineTune,

        @JsonPropertyDescription(
                "Train encoder and head on labelled examples and translations of some of them, with label and semantic "
                        + "alignment (Yu & Joty 2021); {} takes every default.")
        @Nullable
        LanguageAdaptation languageAdaptation,

        @JsonPropertyDescription(
                "Align each target language with the source, classes weighted (Xian, Ji & Zhao 2022); {} takes every "
                        + "default.")
        @Nullable
        Iwda iwda) {

    /// The one member that is set.
    public MethodSettings settings() {
        return Stream.<@Nullable MethodSettings>of(pretrain, fineTune, languageAdaptation, iwda)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "A stage names no method; write pretrain, fineTune, languageAdaptation or iwda."));
    }
}
