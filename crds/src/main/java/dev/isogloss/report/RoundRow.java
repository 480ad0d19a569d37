package dev.isogloss.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.isogloss.api.run.RoundStatus;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One model in one round: means over the seeds whose steps are done.
///
/// @param target         the language that the model is for; null where it is for all targets
/// @param keptModel      share of the seeds in which the round kept the model of the one before
/// @param accepted       trainings that beat the model before, and those that had to, over all seeds: "2/2"; null where
///                       none had to
/// @param selectionScore the score that selected the checkpoint, of each seed's last training
/// @param headline       null before the model is measured
/// @param done           steps done
/// @param steps          steps in all
public record RoundRow(
        int round,
        String model,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String target,
        @JsonUnwrapped PseudoLabelCounts labels,
        double keptModel,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String accepted,
        @Nullable Double selectionScore,
        @Nullable Headline headline,
        int done,
        int steps) {

    private static final int MOST_CLASSES = 20;

    /// @param others the steps of the same round's other models
    static RoundRow of(
            Round round,
            List<PlannedStep> steps,
            List<PlannedStep> others,
            Map<StepKey, StepResult> results,
            String source) {
        List<StepResult> trained = results(steps, TrainStep.class, results);
        List<Score> scores = Stream.of(EvaluateStep.class, EnsembleStep.class)
                .flatMap(kind -> results(steps, kind, results).stream())
                .flatMap(result -> result.scores().stream())
                .toList();
        return new RoundRow(
                round.number(),
                round.model(),
                round.target(),
                PseudoLabelCounts.of(steps, others, results),
                trained.stream()
                        .mapToInt(result -> result.keptModel() ? 1 : 0)
                        .average()
                        .orElse(0),
                accepted(trained),
                selectionScore(steps, results),
                Headline.of(scores, source, round.target()).orElse(null),
                (int) steps.stream()
                        .filter(step -> results.containsKey(step.key()))
                        .count(),
                steps.size());
    }

    private static @Nullable String accepted(List<StepResult> trained) {
        List<Double> judged = trained.stream()
                .flatMap(result -> result.facts().get(Fact.Accepted).stream().boxed())
                .toList();
        if (judged.isEmpty()) return null;
        return judged.stream().filter(accepted -> accepted > 0).count() + "/" + judged.size();
    }

    private static @Nullable Double selectionScore(List<PlannedStep> steps, Map<StepKey, StepResult> results) {
        Map<Optional<Long>, Double> last = new HashMap<>();
        for (PlannedStep step : steps) {
            StepResult result = step.spec() instanceof TrainStep ? results.get(step.key()) : null;
            if (result != null)
                result.facts()
                        .get(Fact.SelectionScore)
                        .ifPresent(score -> last.put(Optional.ofNullable(step.seed()), score));
        }
        return last.isEmpty()
                ? null
                : Double.valueOf(last.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow());
    }

    private static List<StepResult> results(
            List<PlannedStep> steps, Class<? extends StepSpec> kind, Map<StepKey, StepResult> results) {
        return steps.stream()
                .filter(step -> kind.isInstance(step.spec()))
                .map(step -> results.get(step.key()))
                .filter(Objects::nonNull)
                .toList();
    }

    boolean isComplete() {
        return done == steps;
    }

    boolean hasBegun() {
        return done > 0;
    }

    RoundStatus toStatus() {
        Map<String, Long> classes = new TreeMap<>();
        labels.classes().forEach((label, count) -> classes.put(label, Math.round(count)));
        return new RoundStatus(
                round,
                model,
                rounded(labels.labelled()),
                rounded(labels.confident()),
                rounded(labels.selected()),
                classes.isEmpty() || classes.size() > MOST_CLASSES ? null : classes,
                decimal(labels.noise()),
                decimal(labels.agreement()),
                accepted,
                decimal(selectionScore),
                score(),
                labels.digest());
    }

    private static @Nullable Long rounded(@Nullable Double value) {
        return value == null ? null : Long.valueOf(Math.round(value));
    }

    /// As a status has decimals: texts of four places.
    static @Nullable String decimal(@Nullable Double value) {
        return value == null ? null : decimal(value.doubleValue());
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /// As status has it; null before the model is measured.
    public @Nullable String score() {
        return headline == null ? null : decimal(headline.value());
    }
}
