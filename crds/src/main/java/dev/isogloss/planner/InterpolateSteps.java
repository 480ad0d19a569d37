package dev.isogloss.planner;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Interpolate;
import dev.isogloss.plan.step.InterpolateStep;
import dev.isogloss.plan.step.StepKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of a stage `interpolate`: for each target three trainings, their evaluations, and what measures the models
/// between them. All start from the last encoder that knew no task; the models of other stages stay as they are.
final class InterpolateSteps {
    private final TransferExperimentSpec spec;
    private final SpecResolver resolved;
    private final TrainSteps trainings;
    private final PlanBuilder steps;

    InterpolateSteps(TransferExperimentSpec spec, SpecResolver resolved, TrainSteps trainings, PlanBuilder steps) {
        this.spec = spec;
        this.resolved = resolved;
        this.trainings = trainings;
        this.steps = steps;
    }

    /// @param name   of the stage; its models are called `name-source`, `name-target` and `name-both`
    /// @param chains what the stages before have come to
    void add(Interpolate settings, String name, List<ModelChain> chains, long seed) {
        List<String> targets = SpecResolver.sorted(spec.common().targets());
        if (targets.isEmpty())
            throw new InvalidInput(
                    "spec.targets is empty, and the stage interpolate trains a model for each. List some.");
        String source = spec.common().source();
        for (ModelChain chain : chains) {
            StepKey ofSource =
                    trained(settings.fineTune(), name + "-source", List.of(source), chain, chain.target(), seed);
            for (ModelChain each : chain.forEach(targets)) {
                String target = requireNonNull(each.target());
                StepKey ofTarget = trained(settings.fineTune(), name + "-target", List.of(target), each, target, seed);
                StepKey ofBoth =
                        trained(settings.fineTune(), name + "-both", List.of(source, target), each, target, seed);
                between(settings, name, List.of(ofSource, ofTarget, ofBoth), target, seed);
            }
        }
    }

    /// Adds a training and its evaluation.
    ///
    /// @param target that the model is for; null for one of all
    private StepKey trained(
            FineTune settings,
            String name,
            List<String> languages,
            ModelChain chain,
            @Nullable String target,
            long seed) {
        FineTune full = resolved.fineTuneOn(settings, languages);
        String title = "%s %s seed %d".formatted(name, String.join(" ", languages), seed);
        StepKey model = steps.add(
                trainings
                        .of(full, null, chain.encoder(), spec.encoder(), seed, null)
                        .getFirst(),
                name,
                title,
                seed,
                target);
        List<String> measured =
                chain.languages(resolved.measuredLanguages(), spec.common().source());
        if (!measured.isEmpty())
            steps.add(
                    resolved.evaluation(model, measured, spec.encoder()),
                    name,
                    "evaluate %s%s seed %d".formatted(name, chain.suffix(), seed),
                    seed,
                    target);
        return model;
    }

    /// Adds the measuring of lines, and of a plane where it is asked for.
    ///
    /// @param models of the source, of the target, of both
    private void between(Interpolate settings, String name, List<StepKey> models, String target, long seed) {
        steps.add(
                between(settings, models, target, settings.line().resolved(), null),
                name,
                "%s line %s seed %d".formatted(name, target, seed),
                seed,
                target);
        if (settings.plane() != null)
            steps.add(
                    between(settings, models, target, null, settings.plane().resolved()),
                    name,
                    "%s plane %s seed %d".formatted(name, target, seed),
                    seed,
                    target);
    }

    private InterpolateStep between(
            Interpolate settings,
            List<StepKey> models,
            String target,
            @Nullable List<Double> line,
            @Nullable List<Double> plane) {
        List<String> languages = SpecResolver.sorted(List.of(spec.common().source()), target);
        return new InterpolateStep(
                Revisions.INTERPOLATE,
                models.get(0),
                models.get(1),
                models.get(2),
                resolved.task(),
                resolved.data(languages, List.of(settings.split())),
                languages,
                settings.split(),
                settings.parameters(),
                line,
                plane,
                settings.maxExamples(),
                spec.encoder().maxLength(),
                spec.encoder().precision());
    }
}
