package dev.isogloss.api.run;

import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.LabelAgreement;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Strategy `triTraining`: two of three models label texts of the target for the third, which is replaced only by a
/// better one (Bari, Mohiuddin & Joty, ACL 2021).
@ValidationRule(
        value =
                "!has(self.distillation) || !has(self.distillation.fraction) || self.distillation.fraction.size() == self.rounds",
        message = "distillation.fraction has one number a round: as many as rounds says",
        fieldPath = ".distillation.fraction")
@ValidationRule(
        value = "!has(self.sets) || self.sets.size() == self.rounds",
        message = "sets has one list a round: as many as rounds says",
        fieldPath = ".sets")
@ValidationRule(
        value = "!has(self.adapt) || !has(self.adapt.languages) && !has(self.adapt.learnFrom)",
        message = "adapt learns from the sets of its round: leave languages and learnFrom out",
        fieldPath = ".adapt")
public record TriTrainingStrategy(
        @Range(min = 1, max = 20)
        @Default("3")
        @Meaning(
                "How often each pair of models teaches the third. Default 3 (the paper's epochs of XLA); the rounds after"
                        + " the third repeat its sets.")
        int rounds,

        @Defaulted @Meaning("Which labels a model is trusted with. Default {}: its most confident ones.")
        LabelDistillation distillation,

        @Default("Both")
        @Meaning(
                "Both (labels that two models give alike) or Union (also labels that one alone is trusted with; table 5).")
        LabelAgreement agreement,

        @Defaulted @Meaning("How copies are made, which the second round learns from. Default {}.")
        Augmentation augment,

        @Defaulted
        @DefaultsInside(
                "{epochs: 1, batchSize: 4, gradientAccumulation: 4, learningRate: 0.000005, sources: OnePerBatch,"
                        + " samplingExponent: 0.7, evaluateEvery: 50, optimiser: {clipNorm: 1}, selection: {keep: Better}}")
        @Meaning(
                "How a model is trained on what two others teach it; it goes on from its last state and is kept if it is"
                        + " better on the target's dev split (name other languages under selection.languages for a run"
                        + " without any label of the target). Default {}: table 8, named entities.")
        FineTune adapt,

        @Meaning(
                "What each round learns from. Without it: [Gold, Target] in the first, [TargetCopies] in the second, [Gold,"
                        + " Target, SourceCopies, TargetCopies] in the third and all others (section 3.4).")
        @Nullable
        @Items(max = 20)
        List<@Items(max = 4, distinct = true) List<Taught>> sets,

        @Default("Sequential")
        @Meaning(
                "Sequential (each training reads the labels of the models as they are by then) or PerRound (all trainings of"
                        + " a round read labels of the round's first models, so that three can run side by side).")
        Schedule schedule,

        @Default("Separate")
        @Meaning("Separate (a pool and models of their own for each target) or Together (one pool of all targets)."
                + " Default Separate.")
        Pooling targets,

        @Matches(Form.Split)
        @Default("train")
        @Meaning("The targets' split that is labelled; its labels, where it has any, are only counted.")
        String poolSplit)
        implements RoundStrategy {

    public TriTrainingStrategy {
        Bounds.check(
                TriTrainingStrategy.class,
                rounds,
                distillation,
                agreement,
                augment,
                adapt,
                sets,
                schedule,
                targets,
                poolSplit);
        if (sets != null) sets = sets.stream().map(List::copyOf).toList();
    }

    /// A set of examples that a round learns from.
    public enum Taught {
        /// The source's labelled examples.
        Gold,
        /// Texts of the target with the labels of two models.
        Target,
        /// Copies of the source's texts with the labels of two models.
        SourceCopies,
        /// Copies of the target's texts with the labels of two models.
        TargetCopies
    }

    /// The models whose labels a training reads.
    public enum Schedule {
        Sequential,
        PerRound
    }

    /// What a round learns from.
    ///
    /// @param round counted from 1
    public List<Taught> setsOf(int round) {
        if (sets != null) return sets.get(round - 1);
        return switch (round) {
            case 1 -> List.of(Taught.Gold, Taught.Target);
            case 2 -> List.of(Taught.TargetCopies);
            default -> List.of(Taught.values());
        };
    }
}
