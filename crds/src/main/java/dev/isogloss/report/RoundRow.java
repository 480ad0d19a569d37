package dev.isogloss.report;

import dev.isogloss.api.run.RoundStatus;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.result.LabelSketch;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One model in one round: means over the seeds whose steps are done.
///
/// @param labelled       examples of the pool
/// @param confident      labels it was sure of and had not handed on before
/// @param selected       labels handed on
/// @param classes        labels handed on, by label; empty for tasks of many labels
/// @param noise          share of `selected` that is wrong; null where the pool has no labels, or nothing was selected
/// @param agreement      share of the pool of which it says what the other models of its round say (mean over those);
///                       null with a single model, and where a step was done before this was counted
/// @param stopped        share of the seeds in which the round kept the model of the one before
/// @param selectionScore the score that selected the checkpoint
/// @param score          the mean over the targets (the source, where there are none measured) of `metric` on `split`
/// @param digests        of the files of labels handed on, in the seeds' order
/// @param done           steps done
/// @param steps          steps in all
public record RoundRow(
        int round,
        String model,
        @Nullable Double labelled,
        @Nullable Double confident,
        @Nullable Double selected,
        Map<String, Double> classes,
        @Nullable Double noise,
        @Nullable Double agreement,
        @Nullable Double stopped,
        @Nullable Double selectionScore,
        @Nullable Metric metric,
        @Nullable String split,
        @Nullable Double score,
        List<String> digests,
        long selectedOverSeeds,
        int done,
        int steps) {

    /// The names of what selections and trainings leave as facts.
    public static final String LABELLED = "labelled";

    public static final String CONFIDENT = "confident";
    public static final String SELECTED = "selected";
    public static final String OF_CLASS = "selected.";
    public static final String WRONG = "wrong";
    public static final String KNOWN = "known";
    public static final String STOPPED = "stopped";
    public static final String SELECTION_SCORE = "selectionScore";
    public static final String PSEUDO_LABELS = "pseudo-labels";

    static final int MOST_IN_STATUS = 160;
    private static final int MOST_CLASSES = 20;

    public RoundRow {
        classes = java.util.Collections.unmodifiableMap(new TreeMap<>(classes));
        digests = List.copyOf(digests);
    }

    /// @param others the steps of the same round's other models
    static RoundRow of(
            Round round,
            List<PlannedStep> steps,
            List<PlannedStep> others,
            Map<StepKey, StepResult> results,
            String source) {
        List<StepResult> labelled = results(steps, PredictPoolStep.class, results);
        List<StepResult> selected = results(steps, SelectPseudoLabelsStep.class, results);
        List<StepResult> trained = results(steps, TrainStep.class, results);
        List<StepResult> measured = results(steps, EvaluateStep.class, results);
        Headline headline = Headline.of(measured, source);
        double known = sum(selected, KNOWN);
        return new RoundRow(
                round.number(),
                round.model(),
                mean(labelled, LABELLED),
                mean(selected, CONFIDENT),
                mean(selected, SELECTED),
                classes(selected),
                known == 0 ? null : sum(selected, WRONG) / known,
                agreement(steps, others, results),
                mean(trained, STOPPED),
                mean(trained, SELECTION_SCORE),
                headline == null ? null : headline.metric(),
                headline == null ? null : headline.split(),
                headline == null ? null : headline.value(),
                selected.stream()
                        .map(result -> result.digests().get(PSEUDO_LABELS))
                        .filter(Objects::nonNull)
                        .toList(),
                Math.round(sum(selected, SELECTED)),
                (int) steps.stream()
                        .filter(step -> results.containsKey(step.key()))
                        .count(),
                steps.size());
    }

    private static List<StepResult> results(
            List<PlannedStep> steps, Class<? extends StepSpec> kind, Map<StepKey, StepResult> results) {
        return steps.stream()
                .filter(step -> kind.isInstance(step.spec()) && !(step.spec() instanceof ChooseBestRoundStep))
                .map(step -> results.get(step.key()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Double agreement(
            List<PlannedStep> own, List<PlannedStep> others, Map<StepKey, StepResult> results) {
        OptionalDouble mean = own.stream()
                .flatMapToDouble(step -> others.stream()
                        .filter(other -> isOfOnePool(step, other))
                        .flatMapToDouble(
                                other -> agreement(results.get(step.key()), results.get(other.key())).stream()))
                .average();
        return mean.isEmpty() ? null : Double.valueOf(mean.getAsDouble());
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

    private static @Nullable Double mean(List<StepResult> results, String fact) {
        OptionalDouble mean = facts(results, fact).average();
        return mean.isEmpty() ? null : Double.valueOf(mean.getAsDouble());
    }

    private static double sum(List<StepResult> results, String fact) {
        return facts(results, fact).sum();
    }

    private static java.util.stream.DoubleStream facts(List<StepResult> results, String fact) {
        return results.stream()
                .map(result -> result.facts().get(fact))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue);
    }

    private static Map<String, Double> classes(List<StepResult> selected) {
        Map<String, Double> classes = new TreeMap<>();
        for (StepResult result : selected)
            result.facts().forEach((name, value) -> {
                if (name.startsWith(OF_CLASS))
                    classes.merge(name.substring(OF_CLASS.length()), value / selected.size(), Double::sum);
            });
        return classes;
    }

    /// The one number that stands for a model: the task's main score, on the test split if that is measured.
    private record Headline(Metric metric, String split, double value) {
        static @Nullable Headline of(List<StepResult> measured, String source) {
            List<Score> first = measured.stream()
                    .map(StepResult::scores)
                    .filter(scores -> !scores.isEmpty())
                    .findFirst()
                    .orElse(List.of());
            if (first.isEmpty()) return null;
            Metric metric = first.getFirst().metric();
            List<String> splits = first.stream().map(Score::split).distinct().toList();
            String split = splits.contains("test") ? "test" : splits.getFirst();
            List<Score> fitting = measured.stream()
                    .flatMap(result -> result.scores().stream())
                    .filter(score -> score.metric() == metric && score.split().equals(split))
                    .toList();
            List<Score> targets = fitting.stream()
                    .filter(score -> !score.language().equals(source))
                    .toList();
            Collection<Score> counted = targets.isEmpty() ? fitting : targets;
            return new Headline(
                    metric,
                    split,
                    counted.stream().mapToDouble(Score::value).average().orElseThrow());
        }
    }

    boolean isComplete() {
        return done == steps;
    }

    boolean hasBegun() {
        return done > 0;
    }

    RoundStatus toStatus() {
        Map<String, Long> rounded = new TreeMap<>();
        classes.forEach((label, count) -> rounded.put(label, Math.round(count)));
        return new RoundStatus(
                round,
                model,
                rounded(labelled),
                rounded(confident),
                rounded(selected),
                rounded.isEmpty() || rounded.size() > MOST_CLASSES ? null : rounded,
                noise == null ? null : decimal(noise),
                agreement == null ? null : decimal(agreement),
                selectionScore == null ? null : decimal(selectionScore),
                score == null ? null : decimal(score),
                digest());
    }

    /// Of the file of labels handed on; of several seeds' files, of their digests, one a line.
    public @Nullable String digest() {
        if (digests.size() <= 1) return digests.isEmpty() ? null : digests.getFirst();
        List<String> lines = new ArrayList<>(digests);
        try {
            byte[] text = Stream.concat(lines.stream(), Stream.of(""))
                    .collect(java.util.stream.Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static @Nullable Long rounded(@Nullable Double value) {
        return value == null ? null : Long.valueOf(Math.round(value));
    }

    static String decimal(@Nullable Double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
