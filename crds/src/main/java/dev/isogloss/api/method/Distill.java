package dev.isogloss.api.method;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import dev.isogloss.api.schema.SchemaInside;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Stage `distill`: a new student learns what the model before it says of texts without labels, for each target
/// language and seed.
///
/// Defaults: the variant of Xian, Ji & Zhao (ICLR 2022, C.2); `preset: TeacherStudent` is Wu et al. (ACL 2020),
/// single-source.
@ValidationRule(
        value = "!has(self.sourceWeight) || self.sourceWeight <= 0.0 || "
                + "(has(self.texts) ? self.texts != 'Target' : self.preset != 'TeacherStudent')",
        message = "sourceWeight weighs the source's labels, and only the target's texts are read: write texts: "
                + "SourceAndTarget, or leave sourceWeight out",
        fieldPath = ".sourceWeight")
@JsonTypeName("distill")
public record Distill(
        @Default("SourceAndTarget")
        @Meaning("What decides temperature, sourceWeight, texts and frozenEmbeddings where they are left out: "
                + "SourceAndTarget (Xian et al. 2022) or TeacherStudent (Wu et al. 2020).")
        Formulation preset,

        @JsonUnwrapped
        @DefaultsInside("{epochs: 3, batchSize: 32}")
        @SchemaInside("epochs: {description: 'Passes over the texts; fractions are fine. Default 3 (Wu et al.).'}\n"
                + "dropout: {description: 'Dropout of the student.'}\n"
                + "optimiser: {description: 'The student''s optimiser. Default {}: AdamW, weight decay 0.01, 10 % warm-up,"
                + " linear decay, no clipping (Wu et al. clip at norm 1).'}")
        TrainingSettings training,

        @Range(above = 0, max = 10)
        @Default("0.0001")
        @Meaning("Highest learning rate. Default 1e-4 (Xian et al. choose among 5e-5, 1e-4 and 2e-4).")
        double learningRate,

        @Meaning("Which texts the teacher is asked about: SourceAndTarget or Target. Without it: what preset says.")
        @Nullable
        Texts texts,

        @Range(above = 0, max = 1000)
        @Meaning("Temperature by which both models' logits are divided. Without it: what preset says (3, or 1).")
        @Nullable
        Double temperature,

        @Range(min = 0, max = 1000)
        @Meaning("Weight of the cross-entropy on the source's labels. Without it: what preset says (0.1, or 0), and 0 "
                + "where only the target's texts are read.")
        @Nullable
        Double sourceWeight,

        @Range(min = 0, max = 128)
        @Default("3")
        @Meaning("The student's lowest layers that stay as they are. Default 3 (both papers).")
        int frozenLayers,

        @Meaning("Whether the student's embeddings stay, too. Without it: what preset says (false, or true).") @Nullable
        Boolean frozenEmbeddings,

        @JsonUnwrapped TargetSettings target)
        implements TargetAdaptation {

    public Distill {
        Bounds.check(
                Distill.class,
                preset,
                training,
                learningRate,
                texts,
                temperature,
                sourceWeight,
                frozenLayers,
                frozenEmbeddings,
                target);
        boolean targetOnly = texts != null ? texts == Texts.Target : preset == Formulation.TeacherStudent;
        if (targetOnly && sourceWeight != null && sourceWeight > 0)
            throw new InvalidInput(
                    "sourceWeight weighs the source's labels, and only the target's texts are read: write"
                            + " texts: SourceAndTarget, or leave sourceWeight out.");
    }

    /// The paper whose distillation it is.
    public enum Formulation {
        SourceAndTarget,
        TeacherStudent
    }

    /// The texts that are distilled on.
    public enum Texts {
        SourceAndTarget,
        Target
    }

    /// With everything filled in that the preset decides. It decides nothing else, so that the name that stays is the
    /// one of the values: TeacherStudent for its four, however they were written, SourceAndTarget for all others.
    public Distill resolved(Selection selection) {
        boolean original = preset == Formulation.TeacherStudent;
        Texts read = texts != null ? texts : original ? Texts.Target : Texts.SourceAndTarget;
        double tau = temperature != null ? temperature : original ? 1 : 3;
        double alpha = sourceWeight != null ? sourceWeight : original || read == Texts.Target ? 0 : 0.1;
        boolean frozen = frozenEmbeddings != null ? frozenEmbeddings : original;
        return new Distill(
                read == Texts.Target && tau == 1 && alpha == 0 && frozen
                        ? Formulation.TeacherStudent
                        : Formulation.SourceAndTarget,
                training,
                learningRate,
                read,
                tau,
                alpha,
                frozenLayers,
                frozen,
                target.with(selection));
    }
}
