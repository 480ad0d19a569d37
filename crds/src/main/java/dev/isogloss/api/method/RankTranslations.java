package dev.isogloss.api.method;

import static dev.isogloss.api.schema.Bounds.above;
import static dev.isogloss.api.schema.Bounds.present;
import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.SchemaInside;
import dev.isogloss.json.FlatRecord;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/// Learning of sentence vectors from translation pairs: of all translations in a batch, each text's own is to lie
/// nearest (LaBSE: Feng et al., 2020). A text's vector is the pooler's output, normalised.
@JsonDeserialize(using = FlatRecord.class)
public record RankTranslations(
        @JsonUnwrapped
        @DefaultsInside("{epochs: 1, batchSize: 64}")
        @SchemaInside("epochs: {description: 'Passes over the pairs; fractions are fine.'}\n"
                + "batchSize: {minimum: 2, description: 'Pairs a batch: each text is told apart from so many"
                + " translations.'}\n"
                + "dropout: {description: 'Dropout of the encoder.'}")
        TrainingSettings training,

        @Min(8)
        @Max(8192)
        @Default("64")
        @JsonPropertyDescription("Longest text in pieces, special ones included; longer texts are cut. Default 64.")
        int maxLength,

        @Min(value = 0, inclusive = false)
        @Max(10)
        @Default("0.0002")
        @JsonPropertyDescription(
                "Highest learning rate. Default 2e-4, for a small encoder; a published one wants 2e-5 or less.")
        double learningRate,

        @Min(0)
        @Max(2)
        @Default("0.3")
        @JsonPropertyDescription(
                "Taken from the cosine of each text and its own translation. Default 0.3, as in LaBSE.")
        double margin,

        @Min(value = 0, inclusive = false)
        @Max(1000)
        @Default("20")
        @JsonPropertyDescription("Cosines are multiplied by this before the softmax. Default 20.")
        double scale)
        implements TrainedMethod {

    public RankTranslations {
        present("training", training);
        within("batchSize", training.batchSize(), 2, 65536);
        within("maxLength", maxLength, 8, 8192);
        above("learningRate", learningRate, 0, 10);
        within("margin", margin, 0, 2);
        above("scale", scale, 0, 1000);
    }
}
