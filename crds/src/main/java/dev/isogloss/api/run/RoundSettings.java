package dev.isogloss.api.run;

import dev.isogloss.api.method.Selection;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;

/// The settings that all strategies share: the number of rounds, and which pseudo-labels each round adds.
public record RoundSettings(
        @Range(min = 1, max = 100)
        @Default("5")
        @Meaning("How often the models are trained; between two trainings they label and select.")
        int rounds,

        @Range(min = 0, max = 1)
        @Default("0.9")
        @Meaning("A pseudo-label is trusted where the highest probability exceeds this.")
        double confidence,

        @Range(above = 0, max = 10)
        @Default("0.3333333333333333")
        @Meaning("At most this share of the number of labelled examples is added a round, drawn evenly from the "
                + "trusted. Default one third, Yu & Joty (2021), section 4.2.")
        double sampleFraction,

        @Default("true")
        @Meaning("Train from the starting encoder in each round (true) or go on from the last round's model.")
        boolean reinitialise,

        @Default("Last")
        @Meaning("Which round's model is the final one: Last, or Best by the score that selects checkpoints.")
        Selection.Keep keep,

        @Range(min = 0, max = 100)
        @Default("0")
        @Meaning("After so many rounds in which no model's selection score rose, later rounds keep their models and "
                + "add nothing; 0 means never.")
        int patience,

        @Default("Together")
        @Meaning("Together (one pool of all targets) or Separate (a pool and models of their own for each).")
        Pooling targets,

        @Matches(Form.Split)
        @Default("train")
        @Meaning("The targets' split that is the pool; its labels, where it has any, are only counted.")
        String poolSplit) {

    public RoundSettings {
        Bounds.check(
                RoundSettings.class,
                rounds,
                confidence,
                sampleFraction,
                reinitialise,
                keep,
                patience,
                targets,
                poolSplit);
    }
}
