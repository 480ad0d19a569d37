package dev.isogloss.api.method;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.DefaultsInside;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Stage `interpolate`: for each target three models from one encoder and one new head, trained on the source, on the
/// target and on both, and the scores of the models that lie between them (Wu, Van Durme & Dredze 2022).
@ValidationRule(
        value = "!has(self.fineTune.languages) && !has(self.fineTune.learnFrom)",
        message = Interpolate.LANGUAGES,
        fieldPath = ".fineTune")
@ValidationRule(
        // The API server checks defaults by this rule before the fields inside them have theirs.
        value = "!has(self.fineTune.selection) || !has(self.fineTune.selection.keep) || "
                + "self.fineTune.selection.keep != 'Better'",
        message = Interpolate.BETTER)
public record Interpolate(
        @Defaulted
        @DefaultsInside("{epochs: 5, batchSize: 32, learningRate: 0.00002, optimiser: {weightDecay: 0}}")
        @Meaning("The training of each of the three models, as a fineTune stage. Default {}: five epochs, batches of 32"
                + " at 2e-5, no decay (Wu et al. 2022, appendix A).")
        FineTune fineTune,

        @Default("All")
        @Meaning("What is interpolated: All weights, or those of the Encoder or the Head alone. Then the other part is"
                + " that of the model a line starts from, and in the plane that of the model trained on both.")
        Parameters parameters,

        @Defaulted
        @Meaning("The models on the lines from that of the source, and from that of the target, to that of both."
                + " Default {}: the 33 of the paper on each line.")
        InterpolationLine line,

        @Meaning("The models in the plane through all three; {} takes the 21 times 21 of the paper. Without it: none.")
        @Nullable
        InterpolationPlane plane,

        @Matches(Form.Split) @Default("dev") @Meaning("The split that they are scored on, of source and target.")
        String split,

        @Range(min = 1, max = Limits.EXAMPLES)
        @Default("5000")
        @Meaning("Score at most so many examples of each language, the first ones.")
        int maxExamples)
        implements MethodSettings {

    static final String LANGUAGES = "interpolate trains one model on the source, one on each target and one on both:"
            + " leave languages and learnFrom of its fineTune out";
    static final String BETTER = "the models of interpolate start with a new head, and keep: Better has nothing to"
            + " compare with: write keep: Best";

    public Interpolate {
        Bounds.check(Interpolate.class, fineTune, parameters, line, plane, split, maxExamples);
        if (fineTune.languages() != null || fineTune.learnFrom() != null) throw new InvalidInput(LANGUAGES + ".");
        if (fineTune.selection().keep() == Selection.Keep.Better) throw new InvalidInput(BETTER + ".");
    }

    /// The weights that differ between the models that are scored.
    public enum Parameters {
        All,
        Encoder,
        Head;

        public boolean includesEncoder() {
            return this != Head;
        }

        public boolean includesHead() {
            return this != Encoder;
        }
    }
}
