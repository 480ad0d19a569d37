package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.method.AdversarialAlign;
import dev.isogloss.api.method.Distill;
import dev.isogloss.api.method.Iwda;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.method.SelfTrain;
import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// From a stage that adapts a model to one target language to its step: what preset, task and source decide is written
/// out, and the parts of the dataset it reads are named.
final class AdaptSteps {
    private final TransferExperimentSpec spec;
    private final SpecResolver resolved;

    AdaptSteps(TransferExperimentSpec spec, SpecResolver resolved) {
        this.spec = spec;
        this.resolved = resolved;
    }

    /// @param name what the manifest calls the stage
    /// @param line for one target
    /// @throws InvalidInput if there is no model to adapt
    AdaptStep step(TargetAdaptation given, String name, ModelChain line, long seed) {
        StepKey model = line.model();
        if (model == null)
            throw new InvalidInput(
                    "spec.stages: %s goes on from a model that knows the task. Put a fineTune stage before it, and no pretrain stage in between."
                            .formatted(name));
        String target = Objects.requireNonNull(line.target());
        TargetAdaptation full = resolved(given);
        return new AdaptStep(
                revision(full),
                model,
                AdaptStep.startsAnew(full) ? line.encoder() : null,
                resolved.task(),
                data(full, target),
                spec.source(),
                target,
                full,
                spec.encoder().maxLength(),
                spec.encoder().precision(),
                seed);
    }

    private TargetAdaptation resolved(TargetAdaptation given) {
        Selection selection = resolved.selection(given.selection(), List.of(spec.source()));
        return switch (given) {
            case Iwda iwda -> iwda.resolved(spec.task().type(), selection);
            case Distill distill -> distill.resolved(selection);
            case SelfTrain self -> self.resolved(selection);
            case AdversarialAlign align -> align.resolved(selection);
        };
    }

    private static int revision(TargetAdaptation settings) {
        return switch (settings) {
            case Iwda _ -> Revisions.IWDA;
            case Distill _ -> Revisions.DISTILL;
            case SelfTrain _ -> Revisions.SELF_TRAIN;
            case AdversarialAlign _ -> Revisions.ADVERSARIAL_ALIGN;
        };
    }

    private DatasetIdentity data(TargetAdaptation settings, String target) {
        List<String> languages = new ArrayList<>(List.of(spec.source(), target));
        List<String> splits = new ArrayList<>(List.of("train", settings.unlabelledSplit()));
        Selection selection = settings.selection();
        if (selection.languages() != null && settings.isScored()) {
            languages.addAll(selection.languages());
            splits.add(selection.split());
        }
        return resolved.data(SpecResolver.sorted(languages), SpecResolver.sorted(splits));
    }
}
