package dev.isogloss.planner;

import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Selection;
import dev.isogloss.api.run.ModelSpec;
import dev.isogloss.api.run.RoundSettings;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.PseudoLabelInputs;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One model's steps through the rounds of a run.
final class ModelRounds {
    private final ModelInPool own;
    private final RoundSettings strategy;
    private final ModelSpec model;
    private final long seed;
    private final EncoderOrigin start;
    private final TrainSteps trainings;
    private final PlanBuilder steps;
    private final FineTune settings;
    private final List<StepKey> trained = new ArrayList<>();
    private final List<StepKey> measured = new ArrayList<>();
    private final List<StepKey> labelled = new ArrayList<>();
    private final List<StepKey> selected = new ArrayList<>();

    ModelRounds(ModelInPool own, RoundSettings strategy, long seed, EncoderOrigin start, PlanBuilder steps) {
        this.own = own;
        this.strategy = strategy;
        this.model = own.model();
        this.seed = seed;
        this.start = start;
        this.trainings = new TrainSteps(own.spec().common(), own.resolved());
        this.steps = steps;
        this.settings = own.resolved().fineTune(model.fineTune());
    }

    String name() {
        return model.name();
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
        List<StepSpec> phases = trainings.of(
                settings, model.languageAdaptation(), origin(), model.encoder(), seed + model.seed(), inputs);
        StepKey last = null;
        for (StepSpec phase : phases)
            last = add(round, phase instanceof SemanticAlignmentStep ? "align" : "train", phase);
        trained.add(Objects.requireNonNull(last));
    }

    void measure(int round) {
        measured.add(add(round, "evaluate", own.evaluation(trained.getLast())));
    }

    void label(int round) {
        var pool = own.resolved().pool(own.pool().languages(), strategy.poolSplit(), null);
        labelled.add(add(round, "label", own.predictions(trained.getLast(), pool)));
    }

    void select(int round) {
        List<String> gold =
                settings.languages() == null ? List.of(own.spec().common().source()) : settings.languages();
        selected.add(add(
                round,
                "select",
                new SelectPseudoLabelsStep(
                        Revisions.SELECT,
                        labelled.getLast(),
                        selected,
                        strategy.confidence(),
                        strategy.sampleFraction(),
                        own.resolved().task(),
                        own.resolved().data(gold, List.of("train")),
                        gold,
                        seed)));
    }

    void choose() {
        steps.add(
                new ChooseBestRoundStep(Revisions.CHOOSE, trained, measured),
                own.name(),
                "choose %s seed %d".formatted(own.name(), seed),
                seed);
    }

    private StepKey add(int round, String verb, StepSpec step) {
        boolean last = round == strategy.rounds() && (strategy.keep() == Selection.Keep.Last || round == 1);
        String title = "%s %s round %d seed %d".formatted(verb, own.name(), round, seed);
        return steps.add(step, title, seed, own.round(round, last));
    }
}
