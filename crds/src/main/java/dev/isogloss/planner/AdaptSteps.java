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

/// The steps of stages that adapt a model to one target language: values that preset, task and source decide are
/// written out, and the parts of the dataset that a step reads are named.
final class AdaptSteps {
    private final TransferExperimentSpec spec;
    private final SpecResolver resolved;

    AdaptSteps(TransferExperimentSpec spec, SpecResolver resolved) {
        this.spec = spec;
        this.resolved = resolved;
    }

    /// @param name  the stage's name in tables
    /// @param chain for one target
    /// @throws InvalidInput if there is no model to adapt
    AdaptStep step(TargetAdaptation settings, String name, ModelChain chain, long seed) {
        StepKey model = chain.model();
        if (model == null)
            throw new InvalidInput(
                    "spec.stages: %s goes on from a model that knows the task. Put a fineTune stage before it, and no pretrain stage in between."
                            .formatted(name));
        String target = Objects.requireNonNull(chain.target());
        TargetAdaptation complete = resolved(settings);
        return new AdaptStep(
                revision(complete),
                model,
                AdaptStep.startsAnew(complete) ? chain.encoder() : null,
                resolved.task(),
                data(complete, target),
                spec.common().source(),
                target,
                complete,
                spec.encoder().maxLength(),
                spec.encoder().precision(),
                seed);
    }

    private TargetAdaptation resolved(TargetAdaptation settings) {
        Selection selection =
                resolved.selection(settings.selection(), List.of(spec.common().source()));
        return switch (settings) {
            case Iwda iwda -> iwda.resolved(spec.common().task().type(), selection);
            case Distill distill -> distill.resolved(selection);
            case SelfTrain self -> self.resolved(selection);
            case AdversarialAlign align -> align.resolved(selection);
        };
    }

    private static int revision(TargetAdaptation settings) {
        return switch (settings) {
            case Iwda iwda -> Revisions.iwda(iwda);
            case Distill _ -> Revisions.DISTILL;
            case SelfTrain _ -> Revisions.SELF_TRAIN;
            case AdversarialAlign _ -> Revisions.ADVERSARIAL_ALIGN;
        };
    }

    private DatasetIdentity data(TargetAdaptation settings, String target) {
        List<String> languages = new ArrayList<>(List.of(spec.common().source(), target));
        List<String> splits = new ArrayList<>(List.of("train", settings.unlabelledSplit()));
        Selection selection = settings.selection();
        if (selection.languages() != null && settings.isScored()) {
            languages.addAll(selection.languages());
            splits.add(selection.split());
        }
        return resolved.data(SpecResolver.sorted(languages), SpecResolver.sorted(splits));
    }
}
