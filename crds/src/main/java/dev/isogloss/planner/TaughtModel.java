package dev.isogloss.planner;

import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.run.ModelSpec;
import dev.isogloss.api.run.TriTrainingStrategy;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PoolIdentity;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One of three models through the rounds of tri-training: its state, as the key of the training that left it.
final class TaughtModel {
    private final ModelInPool own;
    private final TriTrainingStrategy strategy;
    private final ModelSpec model;
    private final long seed;
    private final TrainSteps trainings;
    private final PlanBuilder steps;
    private final FineTune adapt;
    private @Nullable StepKey current;
    private int lessons;

    TaughtModel(ModelInPool own, TriTrainingStrategy strategy, long seed, PlanBuilder steps) {
        this.own = own;
        this.strategy = strategy;
        this.model = own.model();
        this.seed = seed;
        this.steps = steps;
        this.trainings = new TrainSteps(own.spec().common(), own.resolved());
        this.adapt = adapt();
    }

    /// On the source, and selected by the targets' labels unless the manifest says by which.
    private FineTune adapt() {
        FineTune settings = strategy.adapt();
        return settings.resolved(
                List.of(own.spec().common().source()),
                own.resolved().selection(settings.selection(), own.pool().languages()));
    }

    String name() {
        return model.name();
    }

    StepKey current() {
        return Objects.requireNonNull(current);
    }

    void warmUp(EncoderOrigin start) {
        current = train(0, "warm up", own.resolved().fineTune(model.fineTune()), start, seed + model.seed(), null);
    }

    /// A training that goes on from the model's state. Its seed counts the model's trainings: two that learn from equal
    /// sets would read them in the same order otherwise.
    ///
    /// @param taught null: the labelled examples alone
    void learn(int round, @Nullable PseudoLabelInputs taught) {
        lessons++;
        current = train(
                round, "teach", adapt, new EncoderOrigin.FromStep(current()), seed + model.seed() + lessons, taught);
    }

    private StepKey train(
            int round,
            String verb,
            FineTune settings,
            EncoderOrigin origin,
            long trainingSeed,
            @Nullable PseudoLabelInputs taught) {
        List<StepSpec> phases = trainings.of(settings, null, origin, model.encoder(), trainingSeed, taught);
        return add(round, verb, phases.getFirst());
    }

    StepKey measure(int round) {
        return add(round, "evaluate", own.evaluation(current()));
    }

    /// The labels that a state of this model gives a pool.
    StepKey predict(int round, StepKey state, PoolIdentity pool) {
        return add(round, "label", own.predictions(state, pool));
    }

    /// Adds a step of this model and a round, 0 for the warm-up.
    StepKey add(int round, String verb, StepSpec step) {
        String title = "%s %s%s seed %d".formatted(verb, own.name(), round == 0 ? "" : " round " + round, seed);
        return steps.add(step, title, seed, own.round(round, round == strategy.rounds()));
    }
}
