package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.run.ModelSpec;
import dev.isogloss.api.run.RoundSettings;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.planner.RoundPlanner.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One model's steps through the rounds of a run.
final class ModelRounds {
    private final CoTrainingRunSpec spec;
    private final RoundSettings strategy;
    private final ModelSpec model;
    private final Pool pool;
    private final long seed;
    private final EncoderOrigin start;
    private final SpecResolver resolved;
    private final TrainSteps trainings;
    private final PlanBuilder steps;
    private final FineTune settings;
    private final List<StepKey> trained = new ArrayList<>();
    private final List<StepKey> measured = new ArrayList<>();
    private final List<StepKey> labelled = new ArrayList<>();
    private final List<StepKey> selected = new ArrayList<>();

    ModelRounds(
            CoTrainingRunSpec spec,
            ModelSpec model,
            Pool pool,
            long seed,
            EncoderOrigin start,
            SpecResolver resolved,
            PlanBuilder steps) {
        this.spec = spec;
        this.strategy = spec.strategy().chosen().settings();
        this.model = model;
        this.pool = pool;
        this.seed = seed;
        this.start = start;
        this.resolved = resolved;
        this.trainings = new TrainSteps(spec.common(), resolved);
        this.steps = steps;
        this.settings = resolved.fineTune(model.fineTune());
    }

    List<StepKey> trained() {
        return trained;
    }

    List<StepKey> selected() {
        return selected;
    }

    private EncoderOrigin origin() {
        if (strategy.reinitialise() || trained.isEmpty()) return start;
        return new EncoderOrigin.FromStep(trained.getLast());
    }

    void train(int round, @Nullable PseudoLabelInputs inputs) {
        List<StepSpec> phases =
                trainings.of(settings, model.languageAdaptation(), origin(), model.encoder(), seed, inputs);
        StepKey last = null;
        for (StepSpec phase : phases)
            last = add(round, phase instanceof SemanticAlignmentStep ? "align" : "train", phase);
        trained.add(Objects.requireNonNull(last));
    }

    void measure(int round) {
        List<String> languages = resolved.measuredLanguages().stream()
                .filter(language -> pool.target() == null
                        || language.equals(pool.target())
                        || language.equals(spec.common().source()))
                .toList();
        if (languages.isEmpty())
            throw new InvalidInput(
                    ("spec.evaluate.languages names neither the source language nor %s, whose models would"
                                    + " then be measured on nothing. Add one of them, or take %s out of targets.")
                            .formatted(pool.target(), pool.target()));
        measured.add(add(round, "evaluate", resolved.evaluation(trained.getLast(), languages, model.encoder())));
    }

    void label(int round) {
        labelled.add(add(
                round,
                "label",
                new PredictPoolStep(
                        Revisions.LABEL,
                        trained.getLast(),
                        resolved.task(),
                        resolved.data(pool.languages(), List.of(strategy.poolSplit())),
                        pool.languages(),
                        strategy.poolSplit(),
                        model.encoder().maxLength(),
                        model.encoder().precision())));
    }

    void select(int round) {
        List<String> gold = settings.languages() == null ? List.of(spec.common().source()) : settings.languages();
        selected.add(add(
                round,
                "select",
                new SelectPseudoLabelsStep(
                        Revisions.SELECT,
                        labelled.getLast(),
                        selected,
                        strategy.confidence(),
                        strategy.sampleFraction(),
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

    private StepKey add(int round, String verb, StepSpec step) {
        boolean last = round == strategy.rounds() && (strategy.keep() == Selection.Keep.Last || round == 1);
        String stage = last ? name() : "%s round %d".formatted(name(), round);
        String title = "%s %s round %d seed %d".formatted(verb, name(), round, seed);
        return steps.add(step, stage, title, seed, new Round(name(), round, last));
    }

    /// The model's name in tables.
    private String name() {
        return pool.target() == null ? model.name() : model.name() + " " + pool.target();
    }
}
