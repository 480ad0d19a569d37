package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Stage `ear`: supervised training on each text and a copy of it in which words are replaced by neighbours. The
/// embeddings of the two are pushed apart, their attention is pulled together (Ding et al., COLING 2022).
@ValidationRule(
        value = "self.copies > 0 || ((self.push == 'Nothing' || (has(self.pushWeight) && self.pushWeight == 0.0)) && "
                + "(self.pull == 'Nothing' || (has(self.pullWeight) && self.pullWeight == 0.0)))",
        message = "copies: 0 leaves nothing to push or pull: write push: Nothing and pull: Nothing, or more copies",
        fieldPath = ".copies")
@JsonTypeName("ear")
public record Ear(
        @Defaulted
        @DefaultsInside(ROBUST_DEFAULTS)
        @Meaning("The training on each text and its copy, as a fineTune stage. Default {}: one epoch over the copies, "
                + "batches of 32 at 2e-5, no decay, no warm-up, gradients clipped at norm 1 (authors' code).")
        @Nullable
        FineTune fineTune,

        @Default("Paper")
        @Meaning("What decides pushWeight, pullWeight and cells where they are left out: Paper (1, 0.1, Tokens) or "
                + "AuthorsCode (as its scripts call it: 0.1, 1, Padded).")
        Variant preset,

        @JsonUnwrapped SynonymCopies synonyms,

        @Default("Embeddings")
        @Meaning("What is pushed: Embeddings (the means of both texts' embeddings apart; EPT), Noise (nothing; the "
                + "copy's embeddings get noise instead; NT, Table 4) or Nothing.")
        Push push,

        @Range(min = 0, max = 1000)
        @Meaning("Weight α of the pushing. Without it: what preset says (1, or 0.1).")
        @Nullable
        Double pushWeight,

        @Range(min = 0, max = 100)
        @Default("0.1")
        @Meaning(
                "With push: Noise, its standard deviation. In multilingual-e5-small a token's embedding has a norm of 8.")
        double noise,

        @Default("Attention")
        @Meaning("What is pulled together: Attention (the probabilities of one layer; APT), Sentence (the mean of that "
                + "layer's states; SRPT, Table 4) or Nothing.")
        Pull pull,

        @Range(min = 0, max = 1000)
        @Meaning("Weight β of the pulling. Without it: what preset says (0.1, or 1).")
        @Nullable
        Double pullWeight,

        @Range(min = 1, max = 48) @Default("6") @Meaning("The layer that is pulled, counted from 1.")
        int layer,

        @Default("Mean")
        @Meaning("How both terms are added up: Mean (over all numbers of a batch, as the code does, which makes them "
                + "nearly nothing: less than a hundredth of the task's gradient at the start) or Sum (over the numbers "
                + "of a text, and the mean over texts and heads, as the paper prints it).")
        Reduction reduction,

        @Meaning("Which cells of two attentions are compared: Tokens (of both texts' tokens) or Padded (of inputs that "
                + "are filled up to maxLength, after dropout). Without it: what preset says.")
        @Nullable
        Cells cells)
        implements RobustTraining {

    static final String ROBUST_DEFAULTS =
            "{epochs: 1, batchSize: 32, learningRate: 0.00002, optimiser: {weightDecay: 0,"
                    + " warmupFraction: 0, clipNorm: 1}}";

    private static final double USUAL_NOISE = 0.1;
    private static final int USUAL_LAYER = 6;

    public Ear {
        Bounds.check(
                Ear.class,
                fineTune,
                preset,
                synonyms,
                push,
                pushWeight,
                noise,
                pull,
                pullWeight,
                layer,
                reduction,
                cells);
        boolean pushes = push != Push.Nothing && (pushWeight == null || pushWeight > 0);
        boolean pulls = pull != Pull.Nothing && (pullWeight == null || pullWeight > 0);
        if (synonyms.count() == 0 && (pushes || pulls))
            throw new InvalidInput("copies: 0 leaves nothing to push or pull: write push: Nothing and pull: Nothing, or"
                    + " more copies.");
    }

    @Override
    public boolean readsDictionary() {
        return synonyms.count() > 0;
    }

    /// Whatever its preset was, its name is Paper then: it decides nothing else.
    @Override
    public Ear resolved() {
        boolean paper = preset == Variant.Paper;
        boolean alone = synonyms.count() == 0;
        double pushing = push == Push.Embeddings ? Objects.requireNonNullElse(pushWeight, paper ? 1.0 : 0.1) : 0;
        double pulling = pull == Pull.Nothing ? 0 : Objects.requireNonNullElse(pullWeight, paper ? 0.1 : 1.0);
        Push pushed = alone || push == Push.Embeddings && pushing == 0 ? Push.Nothing : push;
        Pull pulled = pulling == 0 ? Pull.Nothing : pull;
        Cells compared = Objects.requireNonNullElse(cells, paper ? Cells.Tokens : Cells.Padded);
        return new Ear(
                null,
                Variant.Paper,
                synonyms.resolved(),
                pushed,
                pushing,
                pushed == Push.Noise ? noise : USUAL_NOISE,
                pulled,
                pulling,
                pulled == Pull.Nothing ? USUAL_LAYER : layer,
                pushing == 0 && pulling == 0 ? Reduction.Mean : reduction,
                pulled == Pull.Attention ? compared : Cells.Tokens);
    }

    /// @param layers of the encoder
    /// @throws InvalidInput if the layer that is pulled is none of them
    public void requireLayer(int layers) {
        if (pull != Pull.Nothing && layer > layers)
            throw new InvalidInput(
                    "spec.stages: ear.layer is %d, and the encoder has %d layers. Write one of them, or pull: Nothing."
                            .formatted(layer, layers));
    }

    /// The source of settings in which paper and code differ.
    public enum Variant {
        Paper,
        AuthorsCode
    }

    /// What keeps the two embeddings apart.
    public enum Push {
        Embeddings,
        Noise,
        Nothing
    }

    /// What holds the two texts together.
    public enum Pull {
        Attention,
        Sentence,
        Nothing
    }

    /// The numbers that a term is averaged over.
    public enum Reduction {
        Mean,
        Sum
    }

    /// The part of two attentions that is compared.
    public enum Cells {
        Tokens,
        Padded
    }
}
