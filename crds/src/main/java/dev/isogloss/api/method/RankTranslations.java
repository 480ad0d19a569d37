package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.schema.SchemaInside;
import io.fabric8.generator.annotation.Default;

/// Learning of sentence vectors from translation pairs: of all translations in a batch, each text's own is to lie
/// nearest (LaBSE: Feng et al., 2020). A text's vector is the pooler's output, normalised.
public record RankTranslations(
        @JsonUnwrapped
        @DefaultsInside("{epochs: 1, batchSize: 64}")
        @SchemaInside("epochs: {description: 'Passes over the pairs; fractions are fine.'}\n"
                + "batchSize: {minimum: 2, description: 'Pairs a batch: each text is told apart from so many"
                + " translations.'}\n"
                + "dropout: {description: 'Dropout of the encoder.'}")
        TrainingSettings training,

        @Range(min = 8, max = 8192)
        @Default("64")
        @Meaning("Longest text in pieces, special ones included; longer texts are cut.")
        int maxLength,

        @Range(above = 0, max = 10)
        @Default("0.0002")
        @Meaning("Highest learning rate. Default 2e-4, for a small encoder; a published one wants 2e-5 or less.")
        double learningRate,

        @Range(min = 0, max = 2)
        @Default("0.3")
        @Meaning("Taken from the cosine of each text and its own translation. Default 0.3, as in LaBSE.")
        double margin,

        @Range(above = 0, max = 1000) @Default("20") @Meaning("Cosines are multiplied by this before the softmax.")
        double scale)
        implements TrainedMethod {

    public RankTranslations {
        Bounds.check(RankTranslations.class, training, maxLength, learningRate, margin, scale);
        Bounds.within("batchSize", training.batchSize(), 2, 65536);
    }
}
