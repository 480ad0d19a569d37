package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.CoTrainingStrategy;
import dev.isogloss.api.run.ModelSpec;
import dev.isogloss.api.run.Pooling;
import dev.isogloss.api.run.RoundSettings;
import dev.isogloss.api.run.SelfTrainingStrategy;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a run means (Yu & Joty, 2021, Algorithm 1): in every round each model is trained and measured, labels the pool
/// and selects; the next round's trainings read what was selected before.
///
/// Nobody reads what the last round would select, so that it neither labels nor selects: a run of five rounds holds
/// every step of one of four, and four rounds of labels. Rounds never wait for a result to be planned; what depends on
/// results (stop early, keep the best) happens inside steps.
final class RoundPlanner {
    private final CoTrainingRunSpec spec;
    private final SpecResolver resolved;
    private final TrainSteps trainings;
    private final RoundSettings teaching;
    private final PlanBuilder steps = new PlanBuilder();
    private final Map<String, EncoderOrigin> starts = new LinkedHashMap<>();

    RoundPlanner(CoTrainingRunSpec spec) {
        this.spec = spec;
        this.resolved = new SpecResolver(ExperimentInputs.of(spec));
        this.trainings = new TrainSteps(ExperimentInputs.of(spec), resolved);
        this.teaching = spec.strategy().teaching();
    }

    Plan plan(String name) {
        if (spec.task().type() == TaskType.DependencyParsing)
            throw new InvalidInput(
                    "spec.task.type is DependencyParsing, which a run cannot learn: no label stands for a"
                            + " whole tree. Choose a task that labels texts or words.");
        EncoderSteps encoders = new EncoderSteps(resolved, steps);
        for (ModelSpec model : spec.models()) starts.put(model.name(), encoders.start(model.encoder(), field(model)));
        for (long seed : spec.seeds()) for (Pool pool : pools()) rounds(pool, seed);
        return steps.plan(name);
    }

    /// What one set of models learns from.
    ///
    /// @param target the only one; null where the pool is of all targets
    private record Pool(List<String> languages, @Nullable String target) {}

    private List<Pool> pools() {
        List<String> targets = SpecResolver.sorted(spec.targets());
        return switch (teaching.targets()) {
            case Pooling.Together -> List.of(new Pool(targets, null));
            case Pooling.Separate ->
                targets.stream()
                        .map(target -> new Pool(List.of(target), target))
                        .toList();
        };
    }

    private void rounds(Pool pool, long seed) {
        List<ModelRounds> lanes = spec.models().stream()
                .map(model -> new ModelRounds(model, pool, seed))
                .toList();
        for (int number = 1; number <= teaching.rounds(); number++) {
            // all lessons before all trainings: a round reads what earlier rounds left, never its own
            List<@Nullable PseudoLabelInputs> lessons = new ArrayList<>();
            for (ModelRounds lane : lanes) lessons.add(lessons(lanes, lane));
            for (int i = 0; i < lanes.size(); i++) lanes.get(i).train(number, lessons.get(i));
            for (ModelRounds lane : lanes) lane.measure(number);
            if (number == teaching.rounds()) continue;
            for (ModelRounds lane : lanes) lane.label(number);
            for (ModelRounds lane : lanes) lane.select(number);
        }
        if (teaching.keep() == Selection.Keep.Best && teaching.rounds() > 1) lanes.forEach(ModelRounds::choose);
    }

    /// What a model's next training reads, null in the first round: so that it is the training of any experiment.
    ///
    /// coTraining: what all others selected; selfTraining: what the model itself did. Round by round, the models in
    /// their order.
    private @Nullable PseudoLabelInputs lessons(List<ModelRounds> lanes, ModelRounds learner) {
        int before = learner.selected.size();
        if (before == 0) return null;
        List<StepKey> selected = new ArrayList<>();
        for (int round = 0; round < before; round++)
            for (ModelRounds lane : lanes) if (teaches(lane, learner)) selected.add(lane.selected.get(round));
        return new PseudoLabelInputs(selected, history(lanes, learner, before));
    }

    private boolean teaches(ModelRounds teacher, ModelRounds learner) {
        return switch (teaching) {
            case CoTrainingStrategy _ -> teacher != learner;
            case SelfTrainingStrategy _ -> teacher == learner;
        };
    }

    /// Only where the rounds before can say that it is over, so that rounds up to there have the keys of runs without
    /// patience.
    private PseudoLabelInputs.@Nullable EarlierRounds history(
            List<ModelRounds> lanes, ModelRounds learner, int before) {
        if (teaching.patience() == 0 || before <= teaching.patience()) return null;
        List<ModelRounds> together =
                switch (teaching) {
                    case CoTrainingStrategy _ -> lanes;
                    case SelfTrainingStrategy _ -> List.of(learner);
                };
        List<List<StepKey>> rounds = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            int round = i;
            rounds.add(together.stream().map(lane -> lane.trained.get(round)).toList());
        }
        return new PseudoLabelInputs.EarlierRounds(rounds, together.indexOf(learner), teaching.patience());
    }

    /// One model's way through the rounds.
    private final class ModelRounds {
        private final ModelSpec model;
        private final Pool pool;
        private final long seed;
        private final FineTune settings;
        private final List<StepKey> trained = new ArrayList<>();
        private final List<StepKey> measured = new ArrayList<>();
        private final List<StepKey> labelled = new ArrayList<>();
        private final List<StepKey> selected = new ArrayList<>();

        ModelRounds(ModelSpec model, Pool pool, long seed) {
            this.model = model;
            this.pool = pool;
            this.seed = seed;
            this.settings = resolved.fineTune(model.fineTune());
        }

        private EncoderOrigin origin() {
            if (teaching.reinitialise() || trained.isEmpty()) return Objects.requireNonNull(starts.get(model.name()));
            return new EncoderOrigin.FromStep(trained.getLast());
        }

        void train(int number, @Nullable PseudoLabelInputs lessons) {
            List<StepSpec> phases =
                    trainings.of(settings, model.languageAdaptation(), origin(), model.encoder(), seed, lessons);
            StepKey last = null;
            for (StepSpec phase : phases)
                last = add(number, phase instanceof SemanticAlignmentStep ? "align" : "train", phase);
            trained.add(Objects.requireNonNull(last));
        }

        void measure(int number) {
            List<String> languages = resolved.measuredLanguages().stream()
                    .filter(language ->
                            pool.target() == null || language.equals(pool.target()) || language.equals(spec.source()))
                    .toList();
            if (languages.isEmpty())
                throw new InvalidInput(
                        ("spec.evaluate.languages names neither the source language nor %s, whose models would"
                                        + " then be measured on nothing. Add one of them, or take %s out of targets.")
                                .formatted(pool.target(), pool.target()));
            List<String> splits = SpecResolver.sorted(spec.evaluate().splits());
            measured.add(add(
                    number,
                    "evaluate",
                    new EvaluateStep(
                            Revisions.EVALUATE,
                            trained.getLast(),
                            resolved.task(),
                            resolved.data(languages, splits),
                            languages,
                            splits,
                            model.encoder().maxLength(),
                            model.encoder().precision())));
        }

        void label(int number) {
            labelled.add(add(
                    number,
                    "label",
                    new PredictPoolStep(
                            Revisions.LABEL,
                            trained.getLast(),
                            resolved.task(),
                            resolved.data(pool.languages(), List.of(teaching.poolSplit())),
                            pool.languages(),
                            teaching.poolSplit(),
                            model.encoder().maxLength(),
                            model.encoder().precision())));
        }

        void select(int number) {
            List<String> gold = settings.languages() == null ? List.of(spec.source()) : settings.languages();
            selected.add(add(
                    number,
                    "select",
                    new SelectPseudoLabelsStep(
                            Revisions.SELECT,
                            labelled.getLast(),
                            selected,
                            teaching.confidence(),
                            teaching.sampleFraction(),
                            resolved.task(),
                            resolved.data(gold, List.of("train")),
                            gold,
                            seed)));
        }

        void choose() {
            steps.add(
                    new ChooseBestRoundStep(Revisions.CHOOSE, trained, measured),
                    name(),
                    "choose %s seed %d".formatted(name(), seed),
                    seed);
        }

        private StepKey add(int number, String verb, StepSpec step) {
            boolean last = number == teaching.rounds() && (teaching.keep() == Selection.Keep.Last || number == 1);
            String stage = last ? name() : "%s round %d".formatted(name(), number);
            String title = "%s %s round %d seed %d".formatted(verb, name(), number, seed);
            return steps.add(step, stage, title, seed, new Round(name(), number));
        }

        /// As tables call the model.
        private String name() {
            return pool.target() == null ? model.name() : model.name() + " " + pool.target();
        }
    }

    static Locations locations(CoTrainingRunSpec spec) {
        Map<String, EncoderSpec> encoders = new LinkedHashMap<>();
        for (ModelSpec model : spec.models()) encoders.put(field(model), model.encoder());
        return ExperimentInputs.of(spec).locations(encoders);
    }

    private static String field(ModelSpec model) {
        return "spec.models[name=%s].encoder".formatted(model.name());
    }
}
