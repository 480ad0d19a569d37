package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.benchmark.ChoiceCriterion;
import dev.isogloss.api.experiment.ExperimentSettings;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/// The measurements by which one candidate of a sweep is held against the others: those that it has anyway, and where
/// these leave out a split or a language, further ones of the same models.
///
/// @param metric    that is chosen by
/// @param languages likewise, sorted
record SweepChoice(Metric metric, String split, List<String> languages) {

    /// @param table the metric of the table
    /// @throws InvalidInput if the task has no such metric, or the candidate no such language
    static SweepChoice of(ChoiceCriterion by, Metric table, ExperimentSettings common) {
        Metric metric = Objects.requireNonNullElse(by.metric(), table);
        List<Metric> known = common.task().type().metrics();
        if (!known.contains(metric))
            throw new InvalidInput("spec.sweep.by.metric is %s, which %s does not have. Choose one of %s."
                    .formatted(metric, common.task().type(), known));
        List<String> all = SpecResolver.sorted(common.targets(), common.source());
        List<String> languages =
                by.languages() == null ? List.of(common.source()) : SpecResolver.sorted(by.languages());
        for (String language : languages)
            if (!all.contains(language))
                throw new InvalidInput(
                        "spec.sweep.by.languages has %s, which is neither source nor target. Choose from %s."
                                .formatted(language, all));
        return new SweepChoice(metric, by.split(), languages);
    }

    /// @param add takes the further measurements, and the step whose model each is of
    /// @throws InvalidInput if a model cannot be measured apart from its experiment
    List<StepKey> evaluations(
            FinalModels models, ExperimentSettings common, BiConsumer<PlannedStep, EvaluateStep> add) {
        List<StepKey> evaluations = new ArrayList<>();
        for (PlannedStep step : models.steps()) {
            FinalModels.Measured has = models.measured(step);
            boolean ofOneTarget = !has.languages().containsAll(SpecResolver.sorted(common.targets()));
            List<String> wanted = languages.stream()
                    .filter(language -> !ofOneTarget
                            || language.equals(common.source())
                            || has.languages().contains(language))
                    .toList();
            if (wanted.isEmpty()) continue;
            if (has.splits().contains(split) && has.languages().containsAll(wanted)) evaluations.add(step.key());
            else if (step.spec() instanceof EvaluateStep evaluate) {
                EvaluateStep further = further(evaluate, wanted, common);
                evaluations.add(StepKeys.of(further));
                add.accept(step, further);
            } else
                throw new InvalidInput(
                        ("spec.sweep.by asks for %s on %s, on which %s is not measured. Add it to evaluate.splits of the"
                                        + " system.")
                                .formatted(wanted, split, step.title()));
        }
        if (evaluations.isEmpty())
            throw new InvalidInput(
                    ("spec.sweep.by: no model of the system is measured on %s, by which its values are held against each"
                                    + " other. Name languages that they are for: by: {languages: [...]}.")
                            .formatted(languages));
        return evaluations;
    }

    private EvaluateStep further(EvaluateStep evaluate, List<String> wanted, ExperimentSettings common) {
        return new EvaluateStep(
                evaluate.revision(),
                evaluate.model(),
                evaluate.task(),
                new SpecResolver(common).data(wanted, List.of(split)),
                wanted,
                List.of(split),
                evaluate.maxLength(),
                evaluate.precision());
    }
}
