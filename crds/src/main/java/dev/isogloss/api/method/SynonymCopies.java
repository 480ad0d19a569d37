package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;

/// How copies of texts are made by a dictionary: each word that has neighbours becomes one of them, or stays.
///
/// @param count per example
public record SynonymCopies(
        @JsonProperty("copies")
        @Range(min = 0, max = 100)
        @Default("3")
        @Meaning("Copies of each example, each with its words drawn anew (Ding et al. 2022: XNLI 3, PAWS-X 10). 0, for "
                + "ear alone: each text is read once, and nothing is compared.")
        int count,

        @Range(min = 0, max = 1)
        @Default("1")
        @Meaning("Share of the dictionary's words that are looked up (Ding et al. 2022, Table 6: 0.25 to 1).")
        double dictionaryScale,

        @Range(min = 0, max = Limits.SEED)
        @Default("1")
        @Meaning("Seed of the draw of those words, the same for all seeds of the experiment, so that these differ in "
                + "training alone.")
        long dictionarySeed) {

    /// The defaults.
    public static final SynonymCopies USUAL = new SynonymCopies(3, 1, 1);

    public SynonymCopies {
        Bounds.check(SynonymCopies.class, count, dictionaryScale, dictionarySeed);
    }

    /// With the default wherever a field changes nothing: the whole dictionary has no words to draw.
    SynonymCopies resolved() {
        if (count == 0) return new SynonymCopies(0, USUAL.dictionaryScale, USUAL.dictionarySeed);
        return dictionaryScale == 1 ? new SynonymCopies(count, 1, USUAL.dictionarySeed) : this;
    }
}
