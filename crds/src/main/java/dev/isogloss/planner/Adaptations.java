package dev.isogloss.planner;

import dev.isogloss.api.Adaptation;
import dev.isogloss.api.AdversarialAlign;
import dev.isogloss.api.Distill;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.Iwda;
import dev.isogloss.api.Selection;
import dev.isogloss.api.SelfTrain;
import dev.isogloss.api.TransferExperimentSpec;
import dev.isogloss.plan.Adapt;
import dev.isogloss.plan.DatasetIdentity;
import dev.isogloss.plan.EncoderOrigin;
import dev.isogloss.plan.StepKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// From a stage that adapts a model to one target language to its step: what preset, task and source decide is written
/// out, and the parts of the dataset it reads are named.
final class Adaptations {
    private final TransferExperimentSpec spec;
    private final Resolved resolved;

    Adaptations(TransferExperimentSpec spec, Resolved resolved) {
        this.spec = spec;
        this.resolved = resolved;
    }

    /// @param name what the manifest calls the stage
    /// @param line for one target
    /// @throws InvalidInput if there is no model to adapt
    Adapt step(Adaptation given, String name, Line line, long seed) {
        StepKey model = line.model();
        if (model == null)
            throw new InvalidInput(
                    "spec.stages: %s goes on from a model that knows the task. Put a fineTune stage before it, and no pretrain stage in between."
                            .formatted(name));
        String target = Objects.requireNonNull(line.target());
        Adaptation full = resolved(given);
        return new Adapt(
                revision(full),
                model,
                fresh(full, line),
                resolved.task(),
                data(full, target),
                spec.source(),
                target,
                full,
                spec.encoder().maxLength(),
                spec.encoder().precision(),
                seed);
    }

    private Adaptation resolved(Adaptation given) {
        Selection selection = resolved.selection(given.selection(), List.of(spec.source()));
        return switch (given) {
            case Iwda iwda -> iwda.resolved(spec.task().type(), selection);
            case Distill distill -> distill.resolved(selection);
            case SelfTrain self -> self.resolved(selection);
            case AdversarialAlign align -> align.resolved(selection);
        };
    }

    private static int revision(Adaptation settings) {
        return switch (settings) {
            case Iwda _ -> Revisions.IWDA;
            case Distill _ -> Revisions.DISTILL;
            case SelfTrain _ -> Revisions.SELF_TRAIN;
            case AdversarialAlign _ -> Revisions.ADVERSARIAL_ALIGN;
        };
    }

    /// The encoder of methods that train a new model.
    private static @Nullable EncoderOrigin fresh(Adaptation settings, Line line) {
        return switch (settings) {
            case Iwda _, AdversarialAlign _ -> null;
            case Distill _ -> line.encoder();
            case SelfTrain self -> self.restart() ? line.encoder() : null;
        };
    }

    private DatasetIdentity data(Adaptation settings, String target) {
        List<String> languages = new ArrayList<>(List.of(spec.source(), target));
        List<String> splits = new ArrayList<>(List.of("train", settings.unlabelledSplit()));
        Selection selection = settings.selection();
        if (selection.languages() != null && settings.isScored()) {
            languages.addAll(selection.languages());
            splits.add(selection.split());
        }
        return resolved.data(Resolved.sorted(languages), Resolved.sorted(splits));
    }
}
