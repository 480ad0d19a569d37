package dev.isogloss.planner;

import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.run.Augmentation;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.TriTrainingStrategy;
import dev.isogloss.plan.step.AugmentStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.StepKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The copies of splits that rounds ask for; each is made once for all seeds, models and rounds.
final class AugmentedSplits {
    private final CoTrainingRunSpec spec;
    private final Augmentation.Generator settings;
    private final SpecResolver resolved;
    private final PlanBuilder steps;
    private final Supplier<EncoderOrigin> generator;
    private final Map<String, StepKey> made = new HashMap<>();
    private @Nullable EncoderOrigin origin;

    AugmentedSplits(
            CoTrainingRunSpec spec,
            TriTrainingStrategy strategy,
            SpecResolver resolved,
            PlanBuilder steps,
            Supplier<EncoderOrigin> generator) {
        this.spec = spec;
        this.settings = strategy.augment().maskedLanguageModel();
        this.resolved = resolved;
        this.steps = steps;
        this.generator = generator;
    }

    StepKey of(String language, String split) {
        return made.computeIfAbsent(language + "/" + split, _ -> add(language, split));
    }

    private StepKey add(String language, String split) {
        if (origin == null) origin = generator.get();
        EncoderSpec given = settings.encoder();
        EncoderSpec encoder = given == null ? spec.models().getFirst().encoder() : given;
        AugmentStep step = new AugmentStep(
                Revisions.augment(spec.common().task().type()),
                origin,
                spec.common().task().type(),
                resolved.data(List.of(language), List.of(split)),
                language,
                split,
                settings.settings(),
                encoder.maxLength(),
                encoder.precision());
        return steps.add(step, "copies", "augment %s %s".formatted(language, split), null);
    }
}
