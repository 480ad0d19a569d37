package dev.isogloss.api.encoder;

import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.method.RankTranslations;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// An encoder made from scratch: a tokenizer and weights trained on the experiment's corpus.
public record FromPretraining(
        @Defaulted @Meaning("Shape of the encoder. Default {}: Bert, Mini.")
        Architecture architecture,

        @Defaulted @Meaning("The tokenizer trained on the corpus. Default {}: WordPiece of 8000 pieces.")
        TokenizerSpec tokenizer,

        @Defaulted @Meaning("How it is trained. Default {}: one epoch of masked-language modelling.")
        Pretrain pretrain,

        @Meaning("Then make it an encoder of sentences, from the corpus's translation pairs; {} takes every default. "
                + "Without it: not.")
        @Nullable
        RankTranslations rankTranslations,

        @Range(min = 0, max = Limits.SEED)
        @Default("1")
        @Meaning("Seed of this pretraining, shared by all runs of the experiment.")
        long seed) {

    public FromPretraining {
        Bounds.check(FromPretraining.class, architecture, tokenizer, pretrain, rankTranslations, seed);
    }
}
