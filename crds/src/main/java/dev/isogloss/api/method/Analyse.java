package dev.isogloss.api.method;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stage `analyse`: how far apart languages lie in the models of the stages before it, class by class and layer by
/// layer, how far their priors, and how scores go with either (Xian, Ji & Zhao, ICLR 2022, §2). Trains nothing.
public record Analyse(
        @Items(max = 128, distinct = true)
        @Meaning("Splits to look at; they must have labels. Without it: those of evaluate.splits.")
        @Nullable
        List<@Matches(Form.Split) String> splits,

        @Range(min = 1, max = Limits.EXAMPLES)
        @Default("5000")
        @Meaning("Take features of at most so many examples of each language and split, the first ones; priors are "
                + "counted over all.")
        int maxExamples,

        @Default("false")
        @Meaning("Whether the last layer's features are also compared by maximum mean discrepancy, class by class: a "
                + "Gaussian kernel, and at most a thousand texts or words of a class.")
        boolean kernelMmd,

        @Default("false")
        @Meaning("Whether the last layer's features are also compared by linear centred kernel alignment. Line i of a "
                + "split must be the same text in every language, as in XNLI's dev and test.")
        boolean linearCka)
        implements Inspection {

    public Analyse {
        Bounds.check(Analyse.class, splits, maxExamples, kernelMmd, linearCka);
        if (splits != null) splits = List.copyOf(splits);
    }
}
