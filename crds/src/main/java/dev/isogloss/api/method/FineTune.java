package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.above;
import static dev.isogloss.api.schema.Bounds.names;
import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Patterns;
import dev.isogloss.api.schema.SchemaInside;
import dev.isogloss.json.FlatRecord;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stage `fineTune`: supervised training of encoder and head.
///
/// Defaults: the zero-shot baseline of Xian, Ji & Zhao (ICLR 2022).
@ValidationRule(
        value = "!has(self.languages) || !has(self.learnFrom)",
        message =
                "languages and learnFrom exclude each other: languages makes one model, learnFrom one for each target")
@JsonDeserialize(using = FlatRecord.class)
public record FineTune(
        @Size(min = 1, max = 128)
        @Distinct
        @JsonPropertyDescription("Languages whose training split is learnt from. Without it: the source language.")
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.LANGUAGE) String> languages,

        @JsonUnwrapped
        @DefaultsInside("{epochs: 4, batchSize: 8}")
        @SchemaInside(
                "optimiser: {description: 'What is rarely changed about the optimiser. Default {}: AdamW, weight"
                        + " decay 0.01, 10 % warm-up (a run''s models and languageAdaptation: none), linear decay, no clipping.'}")
        TrainingSettings training,

        @Min(1)
        @Max(1024)
        @Default("1")
        @JsonPropertyDescription("Batches an update; their gradients are averaged. Default 1.")
        int gradientAccumulation,

        @Min(value = 0, inclusive = false)
        @Max(10)
        @Default("0.00001")
        @JsonPropertyDescription("Highest learning rate. Default 1e-5 (a run's models and languageAdaptation: 5e-5).")
        double learningRate,

        @Min(0)
        @Max(0.99)
        @Default("0")
        @JsonPropertyDescription("Share of the target probability spread over all labels. Default 0.")
        double labelSmoothing,

        @Min(1)
        @Max(Limits.UPDATES)
        @JsonPropertyDescription("Updates between evaluations for selection. Without it: once an epoch.")
        @Nullable
        Integer evaluateEvery,

        @Defaulted
        @JsonPropertyDescription(
                "Which checkpoint is kept. Default {}: the best on the dev split of the languages trained on.")
        Selection selection,

        @JsonPropertyDescription(
                "Train a model for each target instead of one: on the labels of the Target (supervised), or of"
                        + " SourceAndTarget (bilingual; translate-train where the target's training split is a"
                        + " translation). Without it: one model, on languages.")
        @Nullable
        LearnFrom learnFrom)
        implements TrainedMethod, MethodSettings {

    public FineTune {
        present("training", training);
        if (languages != null) languages = names("languages", languages, 128, Patterns.LANGUAGE);
        within("gradientAccumulation", gradientAccumulation, 1, 1024);
        above("learningRate", learningRate, 0, 10);
        within("labelSmoothing", labelSmoothing, 0, 0.99);
        within("evaluateEvery", evaluateEvery, 1, Limits.UPDATES);
        present("selection", selection);
        if (languages != null && learnFrom != null)
            throw new InvalidInput(
                    "languages and learnFrom exclude each other: languages makes one model, learnFrom one"
                            + " for each target.");
    }

    /// For one model that learns from these languages.
    public FineTune resolved(List<String> sortedLanguages, Selection completeSelection) {
        return new FineTune(
                sortedLanguages,
                training,
                gradientAccumulation,
                learningRate,
                labelSmoothing,
                evaluateEvery,
                completeSelection,
                null);
    }

    /// The languages whose labels a model for one target learns from.
    public enum LearnFrom {
        Target,
        SourceAndTarget
    }
}
