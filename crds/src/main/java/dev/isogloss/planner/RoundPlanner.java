package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.CoTrainingStrategy;
import dev.isogloss.api.run.ExchangeStrategy;
import dev.isogloss.api.run.ModelSpec;
import dev.isogloss.api.run.RoundSettings;
import dev.isogloss.api.run.SelfTrainingStrategy;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The plan of a run (Yu & Joty, 2021, Algorithm 1): in every round each model is trained and measured, labels the pool
/// and selects; the next round's trainings read the labels selected before.
///
/// The last round neither labels nor selects, since no training follows it: a run of five rounds holds every step of a
/// run of four, and four rounds of labels. All rounds are planned before any result is there; decisions that need
/// results (stop early, keep the best) are made inside steps.
final class RoundPlanner {
    private final CoTrainingRunSpec spec;
    private final SpecResolver resolved;
    private final ExchangeStrategy strategy;
    private final RoundSettings settings;
    private final PlanBuilder steps = new PlanBuilder();
    private final Map<String, EncoderOrigin> starts = new LinkedHashMap<>();

    RoundPlanner(CoTrainingRunSpec spec, ExchangeStrategy strategy) {
        this.spec = spec;
        this.resolved = new SpecResolver(spec.common());
        this.strategy = strategy;
        this.settings = strategy.settings();
    }

    Plan plan(String name) {
        requireLabels(spec);
        EncoderSteps encoders = new EncoderSteps(resolved, steps);
        for (ModelSpec model : spec.models())
            starts.put(model.name(), encoders.start(model.encoder(), encoderField(model)));
        for (long seed : spec.common().seeds()) for (Pool pool : Pool.of(spec)) rounds(pool, seed);
        return steps.plan(name);
    }

    /// @throws InvalidInput if the task is one whose labels models cannot hand to each other
    static void requireLabels(CoTrainingRunSpec spec) {
        if (spec.common().task().type() == TaskType.DependencyParsing)
            throw new InvalidInput(
                    "spec.task.type is DependencyParsing, which a run cannot learn: no label stands for a"
                            + " whole tree. Choose a task that labels texts or words.");
    }

    /// @param trainings the first of each model, by its name
    /// @throws InvalidInput if two models are one in all but name: they would teach each other what they know
    static void requireDifferent(Map<String, StepKey> trainings) {
        Map<StepKey, String> names = new HashMap<>();
        trainings.forEach((name, training) -> {
            String other = names.put(training, name);
            if (other != null)
                throw new InvalidInput(
                        ("spec.models: %s and %s are the same training, and would say the same. Give them"
                                        + " seeds of their own (models[].seed), or other encoders.")
                                .formatted(other, name));
        });
    }

    private static Map<String, StepKey> first(List<ModelRounds> models) {
        Map<String, StepKey> first = new LinkedHashMap<>();
        for (ModelRounds model : models) first.put(model.name(), model.trained().getFirst());
        return first;
    }

    /// The model's encoder as a field of the manifest, for messages.
    static String encoderField(ModelSpec model) {
        return "spec.models[name=%s].encoder".formatted(model.name());
    }

    private void rounds(Pool pool, long seed) {
        List<ModelRounds> models = spec.models().stream()
                .map(model -> new ModelRounds(
                        new ModelInPool(spec, model, pool, resolved),
                        settings,
                        seed,
                        Objects.requireNonNull(starts.get(model.name())),
                        steps))
                .toList();
        for (int round = 1; round <= settings.rounds(); round++) {
            // all inputs before all trainings: a round reads the labels of earlier rounds, never its own
            List<@Nullable PseudoLabelInputs> inputs = new ArrayList<>();
            for (ModelRounds model : models) inputs.add(pseudoLabels(models, model));
            for (int i = 0; i < models.size(); i++) models.get(i).train(round, inputs.get(i));
            if (round == 1 && strategy instanceof CoTrainingStrategy) requireDifferent(first(models));
            for (ModelRounds model : models) model.measure(round);
            if (round == settings.rounds()) continue;
            for (ModelRounds model : models) model.label(round);
            for (ModelRounds model : models) model.select(round);
        }
        if (settings.keep() == Selection.Keep.Best && settings.rounds() > 1) models.forEach(ModelRounds::choose);
    }

    /// The pseudo-labels that a model's next training reads; null in the first round, so that it is the training of any
    /// experiment.
    ///
    /// With coTraining those that all others selected, with selfTraining those of the model itself: round by round,
    /// in the order of the models.
    private @Nullable PseudoLabelInputs pseudoLabels(List<ModelRounds> models, ModelRounds learner) {
        int before = learner.selected().size();
        if (before == 0) return null;
        List<StepKey> selected = new ArrayList<>();
        for (int round = 0; round < before; round++)
            for (ModelRounds model : models)
                if (teaches(model, learner)) selected.add(model.selected().get(round));
        return new PseudoLabelInputs(selected, earlierRounds(models, learner, before));
    }

    private boolean teaches(ModelRounds teacher, ModelRounds learner) {
        return switch (strategy) {
            case CoTrainingStrategy _ -> teacher != learner;
            case SelfTrainingStrategy _ -> teacher == learner;
        };
    }

    /// Null unless the rounds before can say that it is over: rounds up to there keep the keys of runs without
    /// patience.
    private PseudoLabelInputs.@Nullable EarlierRounds earlierRounds(
            List<ModelRounds> models, ModelRounds learner, int before) {
        if (settings.patience() == 0 || before <= settings.patience()) return null;
        List<ModelRounds> together =
                switch (strategy) {
                    case CoTrainingStrategy _ -> models;
                    case SelfTrainingStrategy _ -> List.of(learner);
                };
        List<List<StepKey>> rounds = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            int round = i;
            rounds.add(
                    together.stream().map(model -> model.trained().get(round)).toList());
        }
        return new PseudoLabelInputs.EarlierRounds(rounds, together.indexOf(learner), settings.patience());
    }
}
