package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Stage `adversarialAlign`: a discriminator learns to tell the languages apart and the encoder to deceive it, each
/// with an optimiser of its own, for each target language and seed (Keung, Lu & Bhardwaj, EMNLP 2019).
///
/// `reads: Words` is the token-level relative (AdvPicker: Chen et al., ACL 2021).
public record AdversarialAlign(
        @Default("Sentences")
        @JsonPropertyDescription(
                "What the discriminator reads: Sentences (the last layer's first token; a linear layer) or Words (of"
                        + " tagging tasks; one hidden layer). Decides the learning rates that are left out. Default"
                        + " Sentences.")
        Reads reads,

        @Min(value = 0, inclusive = false)
        @Max(10000)
        @Default("4")
        @JsonPropertyDescription("Passes over the source; fractions are fine. Default 4.")
        double epochs,

        @Min(1)
        @Max(Limits.UPDATES)
        @JsonPropertyDescription("Stop after so many updates even if epochs are left. Without it: no limit.")
        @Nullable
        Integer maxUpdates,

        @Min(1) @Max(65536) @Default("16") @JsonPropertyDescription("Examples a batch, of each language. Default 16.")
        int batchSize,

        @Min(value = 0, inclusive = false)
        @Max(10)
        @JsonPropertyDescription(
                "Highest learning rate of encoder and head for the task. Without it: 6e-6 (Sentences), 6e-5 (Words).")
        @Nullable
        Double learningRate,

        @Min(value = 0, inclusive = false)
        @Max(10)
        @JsonPropertyDescription(
                "Highest learning rate of the encoder against the discriminator. Without it: a hundredth of"
                        + " learningRate.")
        @Nullable
        Double generatorLearningRate,

        @Min(value = 0, inclusive = false)
        @Max(10)
        @JsonPropertyDescription(
                "Highest learning rate of the discriminator. Without it: 5e-5 (Sentences), 5e-3 (Words).")
        @Nullable
        Double discriminatorLearningRate,

        @Min(1)
        @Max(65536)
        @Default("500")
        @JsonPropertyDescription("Words: width of the discriminator's hidden layer. Default 500.")
        int discriminatorWidth,

        @Min(0)
        @Max(128)
        @Default("0")
        @JsonPropertyDescription(
                "Lowest layers, and the embeddings with the first of them, that the task's optimiser leaves alone."
                        + " Default 0 (AdvPicker's code: 3).")
        int frozenTaskLayers,

        @Min(0) @Max(0.95) @Default("0.1") @JsonPropertyDescription("Dropout of encoder and head. Default 0.1.")
        double dropout,

        @Default("LengthBuckets")
        @JsonPropertyDescription(
                "LengthBuckets (shuffled, texts of similar length together: less padding) or Random. Default "
                        + "LengthBuckets.")
        BatchOrder batchOrder,

        @Default("{}")
        @JsonPropertyDescription(
                "What all three optimisers share. Default {}: AdamW, weight decay 0.01, 10 % warm-up, linear decay, no "
                        + "clipping.")
        Optimiser optimiser,

        @Size(min = 1, max = 32)
        @Pattern(Patterns.SPLIT)
        @Default("train")
        @JsonPropertyDescription("Split of the target whose texts are read, without their labels. Default train.")
        String unlabelledSplit,

        @Min(1)
        @Max(Limits.UPDATES)
        @JsonPropertyDescription(
                "Updates between evaluations. Without it: once an epoch if selection asks for scores, else never.")
        @Nullable
        Integer evaluateEvery,

        @Default("{}")
        @DefaultsInside("{keep: Last}")
        @JsonPropertyDescription(
                "Which checkpoint is kept. Default {}: the last. Without languages: scored on the source.")
        Selection selection)
        implements TargetAdaptation {

    /// What the discriminator reads.
    public enum Reads {
        Sentences,
        Words
    }

    /// With everything filled in that `reads` decides.
    public AdversarialAlign resolved(Selection full) {
        boolean words = reads == Reads.Words;
        double task = learningRate != null ? learningRate : words ? 6e-5 : 6e-6;
        // in decimals, so that 6e-6 gives 6e-8 whether it is written out or not
        Double hundredth =
                Double.valueOf(BigDecimal.valueOf(task).movePointLeft(2).doubleValue());
        Double generator = generatorLearningRate != null ? generatorLearningRate : hundredth;
        return new AdversarialAlign(
                reads,
                epochs,
                maxUpdates,
                batchSize,
                task,
                generator,
                discriminatorLearningRate != null ? discriminatorLearningRate : Double.valueOf(words ? 5e-3 : 5e-5),
                discriminatorWidth,
                frozenTaskLayers,
                dropout,
                batchOrder,
                optimiser,
                unlabelledSplit,
                evaluateEvery,
                full);
    }
}
