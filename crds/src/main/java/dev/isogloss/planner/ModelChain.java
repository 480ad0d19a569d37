package dev.isogloss.planner;

import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.StepKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The models that the stages of one seed have made so far: one chain, or, once a stage adapts, one for each target.
///
/// @param target  the language this chain is for; null while all targets share it
/// @param encoder what a stage that starts anew starts from: the last encoder that knew no task
/// @param model   the last model with a head; null before the first
record ModelChain(
        @Nullable String target,
        EncoderOrigin encoder,
        @Nullable StepKey model) {

    /// The model or encoder that a stage trains further.
    EncoderOrigin origin() {
        return model == null ? encoder : new EncoderOrigin.FromStep(model);
    }

    ModelChain withEncoder(StepKey step) {
        return new ModelChain(target, new EncoderOrigin.FromStep(step), null);
    }

    ModelChain withModel(StepKey step) {
        return new ModelChain(target, encoder, step);
    }

    /// The same chain for each target, or this one if it is for one already.
    List<ModelChain> forEach(List<String> targets) {
        if (target != null) return List.of(this);
        return targets.stream()
                .map(language -> new ModelChain(language, encoder, model))
                .toList();
    }

    /// The languages of `measured` that a model of this chain is measured on.
    List<String> languages(List<String> measured, String source) {
        if (target == null) return measured;
        Set<String> learnt = Set.of(source, target);
        return measured.stream().filter(learnt::contains).toList();
    }

    /// The chain in a title: its target, or nothing.
    String suffix() {
        return target == null ? "" : " " + target;
    }
}
