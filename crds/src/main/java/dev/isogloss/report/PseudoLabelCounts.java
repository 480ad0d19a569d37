package dev.isogloss.report;

import dev.isogloss.json.Sha256;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.LabelSketch;
import dev.isogloss.result.StepResult;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Labels that one model gave a pool in one round, and those it handed on: means over the seeds whose steps are done.
///
/// @param labelled  examples of the pool
/// @param confident labels it was sure of and had not handed on before
/// @param selected  labels handed on
/// @param classes   labels handed on, by label; empty for tasks of many labels
/// @param noise     share of `selected` that is wrong; null where the pool has no labels, or nothing was selected
/// @param agreement share of the pool of which it says what the other models of its round say (mean over those); null
///                  with a single model, and where a step was done before this was counted
/// @param selectedOverSeeds labels handed on, the sum over seeds
/// @param digests   of the files of labels handed on, in the seeds' order
public record PseudoLabelCounts(
        @Nullable Double labelled,
        @Nullable Double confident,
        @Nullable Double selected,
        Map<String, Double> classes,
        @Nullable Double noise,
        @Nullable Double agreement,
        long selectedOverSeeds,
        List<String> digests) {

    public PseudoLabelCounts {
        classes = Collections.unmodifiableMap(new TreeMap<>(classes));
        digests = List.copyOf(digests);
    }

    /// @param own    the steps of the model in the round
    /// @param others the steps of the same round's other models
    static PseudoLabelCounts of(List<PlannedStep> own, List<PlannedStep> others, Map<StepKey, StepResult> results) {
        boolean taught = own.stream().anyMatch(step -> step.spec() instanceof AgreeStep);
        List<PlannedStep> handedOn = done(taught ? lastLessons(own) : of(own, SelectPseudoLabelsStep.class), results);
        List<PlannedStep> labelled = done(of(own, PredictPoolStep.class), results);
        double known = sum(handedOn, Fact.Known, results);
        return new PseudoLabelCounts(
                perSeed(labelled, sum(labelled, Fact.Labelled, results)),
                taught
                        ? perSeed(labelled, distilled(labelled, own, others, results))
                        : perSeed(handedOn, sum(handedOn, Fact.Confident, results)),
                perSeed(handedOn, sum(handedOn, Fact.Selected, results)),
                classes(handedOn, results),
                known == 0 ? null : sum(handedOn, Fact.Wrong, results) / known,
                taught
                        ? ratio(sum(handedOn, Fact.Agreed, results), sum(handedOn, Fact.Shared, results))
                        : boxed(agreements(own, others, results).average()),
                Math.round(sum(handedOn, Fact.Selected, results)),
                handedOn.stream()
                        .map(step -> result(step, results).pseudoLabels())
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static List<PlannedStep> of(List<PlannedStep> steps, Class<? extends StepSpec> kind) {
        return steps.stream().filter(step -> kind.isInstance(step.spec())).toList();
    }

    private static List<PlannedStep> done(List<PlannedStep> steps, Map<StepKey, StepResult> results) {
        return steps.stream().filter(step -> results.containsKey(step.key())).toList();
    }

    private static StepResult result(PlannedStep step, Map<StepKey, StepResult> results) {
        return Objects.requireNonNull(results.get(step.key()));
    }

    /// The agreements that the round's last training of each seed learns from.
    private static List<PlannedStep> lastLessons(List<PlannedStep> own) {
        Map<Long, List<StepKey>> last = new HashMap<>();
        for (PlannedStep step : own)
            if (step.spec() instanceof TrainStep train && step.seed() != null)
                last.put(
                        step.seed(),
                        train.pseudoLabels() == null
                                ? List.of()
                                : train.pseudoLabels().selected());
        return of(own, AgreeStep.class).stream()
                .filter(step -> last.getOrDefault(step.seed(), List.of()).contains(step.key()))
                .toList();
    }

    /// What is left of these predictions where they are compared with another model's.
    private static double distilled(
            List<PlannedStep> predictions,
            List<PlannedStep> own,
            List<PlannedStep> others,
            Map<StepKey, StepResult> results) {
        List<PlannedStep> agreements =
                done(of(Stream.concat(own.stream(), others.stream()).toList(), AgreeStep.class), results);
        double sum = 0;
        for (PlannedStep step : predictions)
            for (PlannedStep agreement : agreements) {
                int which = ((AgreeStep) agreement.spec()).predictions().indexOf(step.key());
                if (which < 0) continue;
                Facts facts = result(agreement, results).facts();
                sum += facts.details(Fact.Distilled).getOrDefault(Integer.toString(which + 1), 0.0);
                break; // the same in all that read it
            }
        return sum;
    }

    private static double sum(List<PlannedStep> steps, Fact fact, Map<StepKey, StepResult> results) {
        return steps.stream()
                .flatMapToDouble(step -> result(step, results).facts().get(fact).stream())
                .sum();
    }

    /// Null where there is no step.
    private static @Nullable Double perSeed(List<PlannedStep> steps, double sum) {
        long seeds = steps.stream().map(PlannedStep::seed).distinct().count();
        return seeds == 0 ? null : Double.valueOf(sum / seeds);
    }

    private static @Nullable Double ratio(double part, double whole) {
        return whole == 0 ? null : Double.valueOf(part / whole);
    }

    static @Nullable Double boxed(OptionalDouble value) {
        return value.isEmpty() ? null : Double.valueOf(value.getAsDouble());
    }

    private static Map<String, Double> classes(List<PlannedStep> handedOn, Map<StepKey, StepResult> results) {
        Map<String, Double> classes = new TreeMap<>();
        for (PlannedStep step : handedOn)
            result(step, results)
                    .facts()
                    .details(Fact.Selected)
                    .forEach((label, count) -> classes.merge(label, count, Double::sum));
        classes.replaceAll((_, count) -> perSeed(handedOn, count));
        return classes;
    }

    private static DoubleStream agreements(
            List<PlannedStep> own, List<PlannedStep> others, Map<StepKey, StepResult> results) {
        return own.stream().flatMapToDouble(step -> others.stream()
                .filter(other -> isOfOnePool(step, other))
                .flatMapToDouble(other -> agreement(results.get(step.key()), results.get(other.key())).stream()));
    }

    private static boolean isOfOnePool(PlannedStep step, PlannedStep other) {
        return step.spec() instanceof PredictPoolStep label
                && other.spec() instanceof PredictPoolStep otherLabel
                && Objects.equals(step.seed(), other.seed())
                && label.pool().equals(otherLabel.pool());
    }

    private static OptionalDouble agreement(@Nullable StepResult one, @Nullable StepResult other) {
        if (one == null || other == null || one.labelSketch() == null || other.labelSketch() == null)
            return OptionalDouble.empty();
        return LabelSketch.agreement(one.labelSketch(), other.labelSketch());
    }

    /// Of the file of labels handed on; of several seeds' files, of their digests, one a line.
    public @Nullable String digest() {
        if (digests.size() <= 1) return digests.isEmpty() ? null : digests.getFirst();
        return Sha256.of((String.join("\n", digests) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
