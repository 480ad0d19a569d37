package dev.isogloss.planner;

import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.StepKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the stages of one seed have made so far: one line of models, or, once a stage adapts, one for each target.
///
/// @param target  the language this line is for; null while all targets share it
/// @param encoder what a stage that starts anew starts from: the last encoder that knew no task
/// @param model   the last model with a head; null before the first
record ModelChain(
        @Nullable String target,
        EncoderOrigin encoder,
        @Nullable StepKey model) {

    /// What a stage that goes on goes on from.
    EncoderOrigin origin() {
        return model == null ? encoder : new EncoderOrigin.FromStep(model);
    }

    ModelChain withEncoder(StepKey made) {
        return new ModelChain(target, new EncoderOrigin.FromStep(made), null);
    }

    ModelChain withModel(StepKey made) {
        return new ModelChain(target, encoder, made);
    }

    /// The same line for each target, or this one if it is for one already.
    List<ModelChain> forEach(List<String> targets) {
        if (target != null) return List.of(this);
        return targets.stream()
                .map(each -> new ModelChain(each, encoder, model))
                .toList();
    }

    /// Which languages a model of this line is measured on.
    List<String> measured(List<String> asked, String source) {
        if (target == null) return asked;
        Set<String> own = Set.of(source, target);
        return asked.stream().filter(own::contains).toList();
    }

    /// As titles name the line: the target, or nothing.
    String words() {
        return target == null ? "" : " " + target;
    }
}
