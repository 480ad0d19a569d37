package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Defaulted;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a plan, as the operator writes it: the work of one pod.
@ValidationRule(
        value = "self.key == oldSelf.key && self.step == oldSelf.step",
        message = "a step is what it is: key and step cannot change; make another TrainingStep")
public record TrainingStepSpec(
        @Matches(Form.Key) @Meaning("SHA-256 of the step's canonical JSON: the name of its folder in the store.")
        String key,

        @Length(max = 32)
        @Meaning("Which kind of step: Pretrain, RankTranslations, Train, SemanticAlignment, Adapt, Evaluate, "
                + "Ensemble, Interpolate, Analyse, Project, PredictPool, SelectPseudoLabels, ChooseBestRound, Augment, "
                + "Agree, ChooseCandidate or Compare.")
        String kind,

        @Length(max = 65536) @Meaning("The step's canonical JSON: everything that decides its result.")
        String step,

        @Length(max = 256) @Meaning("A few words for people.") @Nullable
        String title,

        @Items(min = 0, max = 512, distinct = true) @Default("[]") @Meaning("Keys of the steps whose output it reads.")
        List<@Matches(Form.Key) String> inputs,

        @Defaulted @Meaning("Where it finds what it reads. Default {}.")
        Locations locations,

        @Meaning("Where it leaves what it makes.") Storage storage,

        @Defaulted @Meaning("How it runs. Default {}.") Runtime runtime,

        @Range(min = 0, max = 1000000) @Default("0") @Meaning("Raise it to try a failed step again.")
        int attempt,

        @Default("false") @Meaning("true stops it after a checkpoint; false goes on.")
        boolean suspend,

        @Items(min = 0, max = FOLLOW_UPS)
        @Default("[]")
        @Meaning("Steps that its pod does after it, as long as they succeed; those that it does not come to are steps "
                + "of their own.")
        List<FollowUp> followUps) {

    /// The most steps that may follow one, and the most characters of their JSON: it is an annotation of the pod,
    /// beside the step's own.
    public static final int FOLLOW_UPS = 8;

    public static final int FOLLOW_UP_CHARACTERS = 128 * 1024;

    @SuppressWarnings({"NullAway", "ConstantValue"}) // a step of an older version has none
    public TrainingStepSpec {
        followUps = followUps == null ? List.of() : List.copyOf(followUps);
    }

    /// A step that nothing follows.
    public TrainingStepSpec(
            String key,
            String kind,
            String step,
            @Nullable String title,
            List<String> inputs,
            Locations locations,
            Storage storage,
            Runtime runtime,
            int attempt,
            boolean suspend) {
        this(key, kind, step, title, inputs, locations, storage, runtime, attempt, suspend, List.of());
    }
}
