package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Patterns;
import dev.isogloss.json.LeftOutAt;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
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
                "languages and learnFrom exclude each other: languages makes one model, learnFrom one for each target")
@ValidationRule(
        value = "!has(self.samplingExponent) || self.sources == 'OnePerBatch'",
        message =
                "samplingExponent says from which source a batch is drawn: write sources: OnePerBatch, or leave it out")
@ValidationRule(
        value = "self.penaltyOver == 'Labels' || self.confidencePenalty > 0.0",
        message =
                "penaltyOver says where confidencePenalty is taken, and that is 0: raise it, or leave penaltyOver out")
public record FineTune(
        @Size(min = 1, max = 128)
        @Distinct
        @JsonPropertyDescription("Languages whose training split is learnt from. Without it: the source language.")
        @Nullable
        List<@Size(min = 1, max = 32) @Pattern(Patterns.LANGUAGE) String> languages,

        @Min(value = 0, inclusive = false)
        @Max(10000)
        @Default("4")
        @JsonPropertyDescription("Passes over the training examples; fractions are fine. Default 4"
                + " (a run's models and languageAdaptation: 5).")
        double epochs,

        @Min(1)
        @Max(Limits.UPDATES)
        @JsonPropertyDescription("Stop after so many updates even if epochs are left. Without it: no limit.")
        @Nullable
        Integer maxUpdates,

        @Min(1)
        @Max(65536)
        @Default("8")
        @JsonPropertyDescription("Examples a batch. Default 8 (a run's models and languageAdaptation: 16).")
        int batchSize,

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

        @Min(0)
        @Max(100)
        @Default("0")
        @JsonPropertyDescription(
                "Weight of the predictions' negative entropy, which is added to the cross-entropy so that the model stays"
                        + " unsure where it can (Bari et al. 2021, equation 1, who take 1). Default 0.")
        @LeftOutAt("0")
        double confidencePenalty,

        @Default("Labels")
        @JsonPropertyDescription(
                "Over which predictions confidencePenalty is averaged: Labels (those with a label) or Tokens (every"
                        + " position but padding, as in the code of Bari et al. 2021; for tasks that label words)."
                        + " Default Labels.")
        @LeftOutAt("\"Labels\"")
        PenaltyOver penaltyOver,

        @Min(0) @Max(0.95) @Default("0.1") @JsonPropertyDescription("Dropout of encoder and head. Default 0.1.")
        double dropout,

        @Min(0)
        @Max(0.95)
        @JsonPropertyDescription(
                "Dropout of what the head reads (Wu et al. 2022's code: 0.2). Without it: the same as dropout.")
        @Nullable
        Double headDropout,

        @Default("LengthBuckets")
        @JsonPropertyDescription(
                "LengthBuckets (shuffled, texts of similar length together: less padding) or Random. Default "
                        + "LengthBuckets.")
        BatchOrder batchOrder,

        @Default("Mixed")
        @JsonPropertyDescription(
                "Whether a batch may hold examples of several sources (Mixed) or holds those of one (OnePerBatch, as in"
                        + " the code of Wu et al. 2022). Each language is a source, and so is each selection of"
                        + " pseudo-labels and all translations together. Default Mixed.")
        @LeftOutAt("\"Mixed\"")
        Sources sources,

        @Min(0)
        @Max(1)
        @JsonPropertyDescription(
                "With sources: OnePerBatch, the source of each batch is drawn with a probability proportional to its size"
                        + " to the power of this number (Bari et al. 2021, equation 2: 0.7). Without it: an epoch reads"
                        + " every batch of every source once.")
        @Nullable
        Double samplingExponent,

        @Default("false")
        @JsonPropertyDescription(
                "Whether the embeddings stay as they are (Wu et al. 2020 train their teacher so). Default false.")
        @LeftOutAt("false")
        boolean frozenEmbeddings,

        @Min(0)
        @Max(48)
        @Default("0")
        @JsonPropertyDescription(
                "How many of the encoder's lowest layers stay as they are (Wu et al. 2020: 3). Default 0.")
        @LeftOutAt("0")
        int frozenLayers,

        @Min(1)
        @Max(Limits.UPDATES)
        @JsonPropertyDescription("Updates between evaluations for selection. Without it: once an epoch.")
        @Nullable
        Integer evaluateEvery,

        @Default("{}")
        @JsonPropertyDescription(
                "What is rarely changed about the optimiser. Default {}: AdamW, weight decay 0.01, 10 % warm-up (a run's"
                        + " models and languageAdaptation: none), linear decay, no clipping.")
        Optimiser optimiser,

        @Default("{}")
        @JsonPropertyDescription(
                "Which checkpoint is kept. Default {}: the best on the dev split of the languages trained on.")
        Selection selection,

        @JsonPropertyDescription(
                "Train a model for each target instead of one: on the labels of the Target (supervised), or of"
                        + " SourceAndTarget (bilingual; translate-train where the target's training split is a"
                        + " translation). Without it: one model, on languages.")
        @Nullable
        LearnFrom learnFrom)
        implements MethodSettings {

    /// The JSON of a step leaves out what `LeftOutAt` names.
    public FineTune {
        penaltyOver = Objects.requireNonNullElse(penaltyOver, PenaltyOver.Labels);
        sources = Objects.requireNonNullElse(sources, Sources.Mixed);
    }

    /// Whose labels.
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
