package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.ModelSpec;
import dev.isogloss.api.run.TriTrainingStrategy;
import dev.isogloss.api.run.TriTrainingStrategy.Schedule;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The plan of tri-training (Bari, Mohiuddin & Joty, ACL 2021, section 3.4), for each seed and target:
///
///     θ₀, θ₁, θ₂ ← warm-up on the source's labels
///     for each round; for each k; for each j ≠ k:  θᵢ of the third ← what θₖ and θⱼ agree on, if that is better
///
/// Acceptance happens inside a training (`selection.keep: Better`), so that the plan does not wait for results: a model
/// that was not accepted is the one before under another key. Labels are of one state of a model and one pool, and are
/// made once however often they are asked for.
final class TriTrainingPlanner {
    private static final int MODELS = 3;

    private final CoTrainingRunSpec spec;
    private final TriTrainingStrategy strategy;
    private final SpecResolver resolved;
    private final PlanBuilder steps = new PlanBuilder();
    private final EncoderSteps encoders;
    private final Map<String, EncoderOrigin> starts = new LinkedHashMap<>();

    TriTrainingPlanner(CoTrainingRunSpec spec, TriTrainingStrategy strategy) {
        this.spec = spec;
        this.strategy = strategy;
        this.resolved = new SpecResolver(spec.common());
        this.encoders = new EncoderSteps(resolved, steps);
    }

    /// @throws InvalidInput unless there are three models that differ, in names of their own
    Plan plan(String name) {
        RoundPlanner.requireLabels(spec);
        if (spec.models().size() != MODELS)
            throw new InvalidInput(
                    "spec.models has %d models, and triTraining needs three: two of them teach the third."
                            .formatted(spec.models().size()));
        requireOwnNames();
        for (ModelSpec model : spec.models())
            starts.put(model.name(), encoders.start(model.encoder(), RoundPlanner.encoderField(model)));
        ModelSpec first = spec.models().getFirst();
        AugmentedSplits copies = new AugmentedSplits(
                strategy,
                spec.common().task().type(),
                first.encoder(),
                Objects.requireNonNull(starts.get(first.name())),
                resolved,
                encoders,
                steps);
        for (long seed : spec.common().seeds()) for (Pool pool : Pool.of(spec)) run(pool, seed, copies);
        return steps.plan(name);
    }

    private void run(Pool pool, long seed, AugmentedSplits copies) {
        List<TaughtModel> models = new ArrayList<>();
        for (ModelSpec model : spec.models())
            models.add(new TaughtModel(new ModelInPool(spec, model, pool, resolved), strategy, seed, steps));
        for (TaughtModel model : models) model.warmUp(Objects.requireNonNull(starts.get(model.name())));
        RoundPlanner.requireDifferent(warmUps(models));
        measure(models, pool, seed, 0);
        for (int round = 1; round <= strategy.rounds(); round++) {
            Peers peers = new Peers(spec, strategy, resolved, copies, pool, round);
            List<StepKey> before = models.stream().map(TaughtModel::current).toList();
            for (int k = 0; k < MODELS; k++)
                for (int j = 0; j < MODELS; j++) {
                    if (j == k) continue;
                    TaughtModel third = models.get(MODELS - k - j);
                    boolean sequential = strategy.schedule() == Schedule.Sequential;
                    StepKey one = sequential ? models.get(k).current() : before.get(k);
                    StepKey other = sequential ? models.get(j).current() : before.get(j);
                    third.learn(round, peers.agreements(models.get(k), one, models.get(j), other, third));
                }
            measure(models, pool, seed, round);
        }
    }

    private void requireOwnNames() {
        for (ModelSpec model : spec.models())
            if (List.of(Round.ENSEMBLE, Round.MODELS).contains(model.name()))
                throw new InvalidInput(
                        "spec.models: a model is called %s, as tables call all three together. Give it another name."
                                .formatted(model.name()));
    }

    private static Map<String, StepKey> warmUps(List<TaughtModel> models) {
        Map<String, StepKey> warmUps = new LinkedHashMap<>();
        for (TaughtModel model : models) warmUps.put(model.name(), model.current());
        return warmUps;
    }

    private void measure(List<TaughtModel> models, Pool pool, long seed, int round) {
        List<StepKey> evaluations = new ArrayList<>();
        for (TaughtModel model : models) evaluations.add(model.measure(round));
        if (spec.common().evaluate().ensemble()) ensemble(evaluations, pool, seed, round);
    }

    /// The mean of the three models' probabilities.
    private void ensemble(List<StepKey> evaluations, Pool pool, long seed, int round) {
        EvaluateStep first = (EvaluateStep) steps.spec(evaluations.getFirst());
        EnsembleStep step = new EnsembleStep(
                Revisions.ENSEMBLE, evaluations, first.task(), first.data(), first.languages(), first.splits());
        Round when = new Round(Round.ENSEMBLE, pool.target(), round, round == strategy.rounds());
        String title = "%s%s seed %d".formatted(when.model(), round == 0 ? " warm-up" : " round " + round, seed);
        steps.add(step, title, seed, when);
    }
}
