package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.schema.SchemaInside;
import io.fabric8.generator.annotation.Default;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Stage `adversarialAlign`: a discriminator learns to tell the languages apart and the encoder to deceive it, each
/// with an optimiser of its own, for each target language and seed (Keung, Lu & Bhardwaj, EMNLP 2019).
///
/// `reads: Words` is the token-level relative (AdvPicker: Chen et al., ACL 2021).
@JsonTypeName("adversarialAlign")
public record AdversarialAlign(
        @Default("Sentences")
        @Meaning("What the discriminator reads: Sentences (the last layer's first token; a linear layer) or Words (of "
                + "tagging tasks; one hidden layer). Decides the learning rates that are left out.")
        Reads reads,

        @JsonUnwrapped
        @DefaultsInside("{epochs: 4, batchSize: 16}")
        @SchemaInside("epochs: {description: 'Passes over the source; fractions are fine.'}\n"
                + "batchSize: {description: 'Examples a batch, of each language.'}\n"
                + "optimiser: {description: 'What all three optimisers share. Default {}: AdamW, weight decay 0.01, 10 %"
                + " warm-up, linear decay, no clipping.'}")
        TrainingSettings training,

        @Range(above = 0, max = 10)
        @Meaning("Highest learning rate of encoder and head for the task. Without it: 6e-6 (Sentences), 6e-5 (Words).")
        @Nullable
        Double learningRate,

        @Range(above = 0, max = 10)
        @Meaning("Highest learning rate of the encoder against the discriminator. Without it: a hundredth of "
                + "learningRate.")
        @Nullable
        Double generatorLearningRate,

        @Range(above = 0, max = 10)
        @Meaning("Highest learning rate of the discriminator. Without it: 5e-5 (Sentences), 5e-3 (Words).")
        @Nullable
        Double discriminatorLearningRate,

        @Range(min = 1, max = 65536) @Default("500") @Meaning("Words: width of the discriminator's hidden layer.")
        int discriminatorWidth,

        @Range(min = 0, max = 128)
        @Default("0")
        @Meaning("Lowest layers, and the embeddings with the first of them, that the task's optimiser leaves alone. "
                + "Default 0 (AdvPicker's code: 3).")
        int frozenTaskLayers,

        @JsonUnwrapped TargetSettings target)
        implements TargetAdaptation {

    public AdversarialAlign {
        Bounds.check(
                AdversarialAlign.class,
                reads,
                training,
                learningRate,
                generatorLearningRate,
                discriminatorLearningRate,
                discriminatorWidth,
                frozenTaskLayers,
                target);
    }

    /// The input of the discriminator.
    public enum Reads {
        Sentences,
        Words
    }

    /// With everything filled in that `reads` decides.
    public AdversarialAlign resolved(Selection selection) {
        boolean words = reads == Reads.Words;
        double task = learningRate != null ? learningRate : words ? 6e-5 : 6e-6;
        // in decimals, so that 6e-6 gives 6e-8 whether it is written out or not
        Double hundredth =
                Double.valueOf(BigDecimal.valueOf(task).movePointLeft(2).doubleValue());
        Double generator = generatorLearningRate != null ? generatorLearningRate : hundredth;
        return new AdversarialAlign(
                reads,
                training,
                task,
                generator,
                discriminatorLearningRate != null ? discriminatorLearningRate : Double.valueOf(words ? 5e-3 : 5e-5),
                discriminatorWidth,
                frozenTaskLayers,
                target.with(selection));
    }
}
