package dev.isogloss.report;

import dev.isogloss.json.Sha256;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.LabelSketch;
import dev.isogloss.result.StepResult;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
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
        List<StepResult> selected = RoundRow.results(own, SelectPseudoLabelsStep.class, results);
        double known = values(selected, Fact.Known).sum();
        return new PseudoLabelCounts(
                mean(RoundRow.results(own, PredictPoolStep.class, results), Fact.Labelled),
                mean(selected, Fact.Confident),
                mean(selected, Fact.Selected),
                classes(selected),
                known == 0 ? null : values(selected, Fact.Wrong).sum() / known,
                boxed(agreements(own, others, results).average()),
                Math.round(values(selected, Fact.Selected).sum()),
                selected.stream()
                        .map(StepResult::pseudoLabels)
                        .filter(Objects::nonNull)
                        .toList());
    }

    static @Nullable Double mean(List<StepResult> results, Fact fact) {
        return boxed(values(results, fact).average());
    }

    private static DoubleStream values(List<StepResult> results, Fact fact) {
        return results.stream().flatMapToDouble(result -> result.facts().get(fact).stream());
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isEmpty() ? null : Double.valueOf(value.getAsDouble());
    }

    private static Map<String, Double> classes(List<StepResult> selected) {
        Map<String, Double> classes = new TreeMap<>();
        for (StepResult result : selected)
            result.facts()
                    .details(Fact.Selected)
                    .forEach((label, count) -> classes.merge(label, count / selected.size(), Double::sum));
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
                && label.data().equals(otherLabel.data())
                && label.languages().equals(otherLabel.languages());
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
