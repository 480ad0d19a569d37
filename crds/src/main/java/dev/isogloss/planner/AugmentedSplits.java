package dev.isogloss.planner;

import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.run.Augmentation;
import dev.isogloss.api.run.TriTrainingStrategy;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.AugmentStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The copies of splits that rounds ask for; each is made once for all seeds, models and rounds.
final class AugmentedSplits {
    /// Where the masked language model stands in a manifest.
    static final String GENERATOR = "spec.strategy.triTraining.augment.maskedLanguageModel.encoder";

    private final TaskType task;
    private final Augmentation.Generator generator;
    private final EncoderSpec first;
    private final EncoderOrigin firstOrigin;
    private final SpecResolver resolved;
    private final EncoderSteps encoders;
    private final PlanBuilder steps;
    private final Map<String, StepKey> made = new HashMap<>();
    private @Nullable EncoderOrigin origin;

    /// @param first       the encoder that the first model starts from, which makes the copies unless another is named
    /// @param firstOrigin where that one comes from
    AugmentedSplits(
            TriTrainingStrategy strategy,
            TaskType task,
            EncoderSpec first,
            EncoderOrigin firstOrigin,
            SpecResolver resolved,
            EncoderSteps encoders,
            PlanBuilder steps) {
        this.generator = strategy.augment().maskedLanguageModel();
        this.task = task;
        this.first = first;
        this.firstOrigin = firstOrigin;
        this.resolved = resolved;
        this.encoders = encoders;
        this.steps = steps;
    }

    StepKey of(String language, String split) {
        return made.computeIfAbsent(language + "/" + split, _ -> add(language, split));
    }

    private StepKey add(String language, String split) {
        EncoderSpec given = generator.encoder();
        EncoderSpec encoder = given == null ? first : given;
        if (origin == null) origin = origin(encoder, given == null ? firstOrigin : encoders.start(given, GENERATOR));
        AugmentStep step = new AugmentStep(
                Revisions.augment(task),
                origin,
                task,
                resolved.data(List.of(language), List.of(split)),
                language,
                split,
                generator.settings(),
                encoder.maxLength(),
                encoder.precision());
        return steps.add(step, "copies", "augment %s %s".formatted(language, split), null);
    }

    private EncoderOrigin origin(EncoderSpec encoder, EncoderOrigin start) {
        Pretrain pretrain = generator.pretrain();
        if (pretrain == null) return start;
        StepSpec step =
                encoders.pretrain(pretrain, encoder, start, generator.settings().seed());
        return new EncoderOrigin.FromStep(steps.add(step, "encoder", "pretrain the masked language model", null));
    }
}
