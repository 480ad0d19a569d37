package dev.isogloss.api.task;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;

/// The sizes of a biaffine parser's head (Dozat & Manning, ICLR 2017), with the defaults of Wu et al. 2022's code.
public record Parser(
        @Default("512")
        @Range(min = 8, max = 4096)
        @Meaning("Width of the vectors that heads are scored by. Default 512.")
        int arcWidth,

        @Default("128")
        @Range(min = 8, max = 1024)
        @Meaning("Width of the vectors that relations are scored by. Default 128.")
        int relationWidth,

        @Default("0.33")
        @Range(min = 0, max = 0.95)
        @Meaning("Dropout of these vectors, one mask a sentence. Default 0.33.")
        double dropout,

        @Default("Scored")
        @Meaning("Whether the root of a sentence is learnt (Scored), or words at the root have no loss and every word "
                + "is an equally good root (Unscored, as in the code of Wu et al. 2022). Default Scored.")
        Root root) {

    public static final Parser DEFAULT = new Parser(512, 128, 0.33, Root.Scored);

    /// Whether a parser learns which word is the root of a sentence.
    public enum Root {
        Scored,
        Unscored
    }

    public Parser {
        Bounds.check(Parser.class, arcWidth, relationWidth, dropout, root);
    }
}
