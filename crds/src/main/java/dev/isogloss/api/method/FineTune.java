package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.schema.SchemaInside;
import dev.isogloss.json.LeftOutAt;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Stage `fineTune`: supervised training of encoder and head.
///
/// Defaults: the zero-shot baseline of Xian, Ji & Zhao (ICLR 2022).
@ValidationRule(
        value = "!has(self.languages) || !has(self.learnFrom)",
        message =
                "languages and learnFrom exclude each other: languages makes one model, learnFrom one for each target",
        fieldPath = ".learnFrom")
@ValidationRule(
        value = "!has(self.samplingExponent) || self.sources == 'OnePerBatch'",
        message =
                "samplingExponent says from which source a batch is drawn: write sources: OnePerBatch, or leave it out",
        fieldPath = ".samplingExponent")
@ValidationRule(
        // The API server checks defaults by this rule before the fields inside them have theirs.
        value = "!has(self.penaltyOver) || self.penaltyOver == 'Labels' || self.confidencePenalty > 0.0",
        message =
                "penaltyOver says where confidencePenalty is taken, and that is 0: raise it, or leave penaltyOver out")
public record FineTune(
        @Items(max = 128, distinct = true)
        @Meaning("Languages whose training split is learnt from. Without it: the source language.")
        @Nullable
        List<@Matches(Form.Language) String> languages,

        @JsonUnwrapped
        @DefaultsInside("{epochs: 4, batchSize: 8}")
        @SchemaInside(
                "optimiser: {description: 'What is rarely changed about the optimiser. Default {}: AdamW, weight"
                        + " decay 0.01, 10 % warm-up (a run''s models and languageAdaptation: none), linear decay, no clipping.'}")
        TrainingSettings training,

        @Range(min = 1, max = 1024) @Default("1") @Meaning("Batches an update; their gradients are averaged.")
        int gradientAccumulation,

        @Range(above = 0, max = 10)
        @Default("0.00001")
        @Meaning("Highest learning rate. Default 1e-5 (a run's models and languageAdaptation: 5e-5).")
        double learningRate,

        @Range(min = 0, max = 0.99) @Default("0") @Meaning("Share of the target probability spread over all labels.")
        double labelSmoothing,

        @Range(min = 0, max = 100)
        @Default("0")
        @Meaning("Weight of the predictions' negative entropy, which is added to the cross-entropy so that the model "
                + "stays unsure where it can (Bari et al. 2021, equation 1, who take 1).")
        @LeftOutAt("0")
        double confidencePenalty,

        @Default("Labels")
        @Meaning("Over which predictions confidencePenalty is averaged: Labels (those with a label) or Tokens (every "
                + "position but padding, as in the code of Bari et al. 2021; for tasks that label words).")
        @LeftOutAt("\"Labels\"")
        PenaltyOver penaltyOver,

        @Range(min = 0, max = 0.95)
        @Meaning("Dropout of what the head reads (Wu et al. 2022's code: 0.2). Without it: the same as dropout.")
        @Nullable
        Double headDropout,

        @Default("Mixed")
        @Meaning("Whether a batch may hold examples of several sources (Mixed) or holds those of one (OnePerBatch, as "
                + "in the code of Wu et al. 2022). Each language is a source, and so is each selection of "
                + "pseudo-labels and all translations together.")
        @LeftOutAt("\"Mixed\"")
        Sources sources,

        @Range(min = 0, max = 1)
        @Meaning("With sources: OnePerBatch, the source of each batch is drawn with a probability proportional to its "
                + "size to the power of this number (Bari et al. 2021, equation 2: 0.7). Without it: an epoch reads "
                + "every batch of every source once.")
        @Nullable
        Double samplingExponent,

        @Default("false")
        @Meaning("Whether the embeddings stay as they are (Wu et al. 2020 train their teacher so).")
        @LeftOutAt("false")
        boolean frozenEmbeddings,

        @Range(min = 0, max = 48)
        @Default("0")
        @Meaning("How many of the encoder's lowest layers stay as they are (Wu et al. 2020: 3).")
        @LeftOutAt("0")
        int frozenLayers,

        @Range(min = 1, max = Limits.UPDATES)
        @Meaning("Updates between evaluations for selection. Without it: once an epoch.")
        @Nullable
        Integer evaluateEvery,

        @Defaulted
        @Meaning("Which checkpoint is kept. Default {}: the best on the dev split of the languages trained on.")
        Selection selection,

        @Meaning("Train a model for each target instead of one: on the labels of the Target (supervised), or of "
                + "SourceAndTarget (bilingual; translate-train where the target's training split is a translation). "
                + "Without it: one model, on languages.")
        @Nullable
        LearnFrom learnFrom)
        implements TrainedMethod, MethodSettings {

    /// The JSON of a step leaves out what `LeftOutAt` names.
    public FineTune {
        penaltyOver = Objects.requireNonNullElse(penaltyOver, PenaltyOver.Labels);
        sources = Objects.requireNonNullElse(sources, Sources.Mixed);
        Bounds.check(
                FineTune.class,
                languages,
                training,
                gradientAccumulation,
                learningRate,
                labelSmoothing,
                confidencePenalty,
                penaltyOver,
                headDropout,
                sources,
                samplingExponent,
                frozenEmbeddings,
                frozenLayers,
                evaluateEvery,
                selection,
                learnFrom);
        if (languages != null) languages = List.copyOf(languages);
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
                confidencePenalty,
                penaltyOver,
                headDropout,
                sources,
                samplingExponent,
                frozenEmbeddings,
                frozenLayers,
                evaluateEvery,
                completeSelection,
                null);
    }

    /// The languages whose labels a model for one target learns from.
    public enum LearnFrom {
        Target,
        SourceAndTarget
    }

    /// The predictions that a penalty is averaged over.
    public enum PenaltyOver {
        Labels,
        Tokens
    }

    /// The sources of a batch's examples.
    public enum Sources {
        Mixed,
        OnePerBatch
    }
}
