package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.schema.SchemaInside;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// Stage `selfTrain`: the model learns from its own most confident labels of the target's texts, round after round, for
/// each target language and seed.
///
/// Defaults: the variant of Xian, Ji & Zhao (ICLR 2022, C.2), which goes on from the model; `select: PerClass` with
/// `restart: true` is Dong & de Melo (EMNLP 2019).
@JsonTypeName("selfTrain")
public record SelfTrain(
        @Default("TopFraction")
        @Meaning("What is added in each round: TopFraction (the most confident texts) or PerClass (as many of each "
                + "predicted label; texts only).")
        Select select,

        @Range(above = 0, max = 1)
        @Default("0.02")
        @Meaning("TopFraction: share of all texts added in each round; after r rounds it is r times the share, "
                + "rounded. Default 0.02 (C.2: 0.0005 or 0.02).")
        double fraction,

        @Range(min = 1, max = Limits.EXAMPLES)
        @Default("40")
        @Meaning("PerClass: texts of each predicted label added in each round.")
        int perClass,

        @Range(min = 1, max = 10000)
        @Meaning("Rounds. TopFraction passes over those that add no text; those above 1/fraction go over all of them. "
                + "Without it: until all texts are added (TopFraction), 6 (PerClass).")
        @Nullable
        Integer rounds,

        @Default("false")
        @Meaning("Train a new model from the encoder in each round (true) or go on with the weights (false).")
        boolean restart,

        @JsonUnwrapped
        @DefaultsInside("{epochs: 1, batchSize: 128}")
        @SchemaInside("maxUpdates: ~\n"
                + "epochs: {description: 'Passes over what was added so far, in each round; each update reads as much of"
                + " the source. Default 1 (Dong & de Melo: 10).'}\n"
                + "batchSize: {description: 'Texts a batch, of each language. Default 128 (C.2; Dong & de Melo: 48).'}")
        TrainingSettings training,

        @Range(above = 0, max = 10)
        @Default("0.00001")
        @Meaning("Highest learning rate. Default 1e-5 (C.2; Dong & de Melo: 2e-5).")
        double learningRate,

        @Meaning(
                "Train on embeddings that are changed so that the loss grows, in both languages (Dong & de Melo's option: "
                        + "perturb WordTable, steps 1, radius 1, clean true). Without it: on embeddings as they are.")
        @Nullable
        AdversarialPerturbation adversarialTraining,

        @JsonUnwrapped
        @SchemaInside(
                "evaluateEvery: {description: 'Updates between evaluations. Without it: as often as there are rounds,"
                        + " evenly spaced over the updates (rounds grow longer), if selection asks for scores, else never.'}")
        TargetSettings target)
        implements TargetAdaptation {

    public SelfTrain {
        Bounds.check(
                SelfTrain.class,
                select,
                fraction,
                perClass,
                rounds,
                restart,
                training,
                learningRate,
                adversarialTraining,
                target);
        if (training.maxUpdates() != null)
            throw new InvalidInput("maxUpdates does not fit selfTrain, whose rounds say when it ends; leave it out.");
    }

    /// A rule for the texts that a round adds.
    public enum Select {
        TopFraction,
        PerClass
    }

    /// The rounds that TopFraction needs at most until all texts are added.
    public int roundsToUseAll() {
        return (int) Math.ceil(1 / fraction);
    }

    /// With everything filled in that the selection decides.
    public SelfTrain resolved(Selection selection) {
        return new SelfTrain(
                select,
                fraction,
                perClass,
                rounds != null ? rounds : Integer.valueOf(select == Select.PerClass ? 6 : roundsToUseAll()),
                restart,
                training,
                learningRate,
                adversarialTraining == null ? null : adversarialTraining.resolved(),
                target.with(selection));
    }
}
