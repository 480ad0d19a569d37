package dev.isogloss.trainer.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.report.Columns;
import dev.isogloss.report.Summary;
import dev.isogloss.trainer.metric.Agreement;
import dev.isogloss.trainer.metric.SpanF1;
import dev.isogloss.trainer.statistics.PairedComparison;
import dev.isogloss.trainer.statistics.PairedOutcomes;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.task.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Two stages on the same examples.
///
/// @param rows     by language; the mean over languages last, where there are several
/// @param adjusted p of randomisation by Holm's rule, for the languages only
public record Comparison(
        String a,
        String b,
        Metric metric,
        String split,
        List<Long> seeds,
        Map<String, PairedComparison> rows,
        Map<String, Double> adjusted) {

    /// @throws InvalidInput if the stages share no seed, no language, or differ in examples or gold labels
    public static Comparison of(StagePredictions a, StagePredictions b, String split, int resamples, long seed) {
        if (a.metric() != b.metric())
            throw new InvalidInput("%s is scored by %s and %s by %s; compare needs two systems for one task."
                    .formatted(a.name(), a.metric(), b.name(), b.metric()));
        List<Long> seeds =
                a.seeds().keySet().stream().filter(b.seeds()::containsKey).toList();
        if (seeds.isEmpty())
            throw new InvalidInput("%s has results of seeds %s, %s of seeds %s: they share none."
                    .formatted(a.name(), a.seeds().keySet(), b.name(), b.seeds().keySet()));
        Map<String, PairedOutcomes> first = new LinkedHashMap<>();
        Map<String, PairedOutcomes> second = new LinkedHashMap<>();
        for (String language : new TreeSet<>(a.languages(seeds.getFirst())))
            pair(a, b, language, split, seeds, first, second);
        if (first.isEmpty())
            throw new InvalidInput(
                    "%s and %s have no language in common of which both have predictions of split \"%s\"."
                            .formatted(a.name(), b.name(), split));
        return compared(a, b, split, seeds, first, second, resamples, seed);
    }

    private static void pair(
            StagePredictions a,
            StagePredictions b,
            String language,
            String split,
            List<Long> seeds,
            Map<String, PairedOutcomes> first,
            Map<String, PairedOutcomes> second) {
        List<List<Prediction>> ours = all(a, language, split, seeds);
        List<List<Prediction>> theirs = all(b, language, split, seeds);
        if (ours.stream().anyMatch(List::isEmpty) || theirs.stream().anyMatch(List::isEmpty)) return;
        for (int s = 0; s < seeds.size(); s++) requireSame(ours.get(s), theirs.get(s), language, a, b);
        first.put(language, outcomes(ours, a.metric()));
        second.put(language, outcomes(theirs, a.metric()));
    }

    private static List<List<Prediction>> all(StagePredictions stage, String language, String split, List<Long> seeds) {
        return seeds.stream()
                .map(seed -> stage.predictions(seed, language, split))
                .toList();
    }

    private static void requireSame(
            List<Prediction> ours, List<Prediction> theirs, String language, StagePredictions a, StagePredictions b) {
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            Prediction mine = i < ours.size() ? ours.get(i) : null;
            Prediction other = i < theirs.size() ? theirs.get(i) : null;
            if (mine != null
                    && other != null
                    && mine.id().equals(other.id())
                    && mine.gold() != null
                    && mine.gold().equals(other.gold())) continue;
            throw new InvalidInput(
                    ("%s and %s were not measured on the same examples: example %,d of language \"%s\" is"
                                    + " %s in one and %s in the other. Compare systems that share data.name, data.version and"
                                    + " the way their splits are cut.")
                            .formatted(a.name(), b.name(), i + 1, language, described(mine), described(other)));
        }
    }

    private static String described(@org.jspecify.annotations.Nullable Prediction prediction) {
        return prediction == null ? "missing" : "\"%s\" (gold %s)".formatted(prediction.id(), prediction.gold());
    }

    private static PairedOutcomes outcomes(List<List<Prediction>> seeds, Metric metric) {
        double[][] numerator = new double[seeds.size()][];
        double[][] denominator = new double[seeds.size()][];
        for (int s = 0; s < seeds.size(); s++) {
            List<Prediction> predictions = seeds.get(s);
            numerator[s] = new double[predictions.size()];
            denominator[s] = new double[predictions.size()];
            for (int i = 0; i < predictions.size(); i++) {
                Agreement agreement = agreement(predictions.get(i), metric);
                numerator[s][i] = 2.0 * agreement.correct();
                denominator[s][i] = (double) agreement.predicted() + agreement.gold();
            }
        }
        return new PairedOutcomes(numerator, denominator);
    }

    /// Accuracy is F1 over units that are all predicted and all gold.
    private static Agreement agreement(Prediction prediction, Metric metric) {
        List<String> gold = prediction.gold() == null ? List.of() : prediction.gold();
        return switch (metric) {
            case SpanF1 ->
                SpanF1.of(List.of(gold), List.of(prediction.predicted())).micro();
            case Accuracy, MacroF1, LabelledAttachment, UnlabelledAttachment -> {
                int correct = 0;
                for (int i = 0; i < gold.size(); i++)
                    if (gold.get(i).equals(prediction.predicted().get(i))) correct++;
                yield new Agreement(correct, gold.size(), gold.size());
            }
        };
    }

    private static Comparison compared(
            StagePredictions a,
            StagePredictions b,
            String split,
            List<Long> seeds,
            Map<String, PairedOutcomes> first,
            Map<String, PairedOutcomes> second,
            int resamples,
            long seed) {
        Map<String, PairedComparison> rows = new LinkedHashMap<>();
        first.forEach((language, outcomes) -> rows.put(
                language,
                PairedComparison.of(
                        List.of(outcomes),
                        List.of(java.util.Objects.requireNonNull(second.get(language))),
                        resamples,
                        seed)));
        List<String> languages = List.copyOf(rows.keySet());
        List<Double> holm = PairedComparison.holm(
                rows.values().stream().map(PairedComparison::pRandomisation).toList());
        Map<String, Double> adjusted = new LinkedHashMap<>();
        for (int l = 0; l < languages.size(); l++) adjusted.put(languages.get(l), holm.get(l));
        if (languages.size() > 1)
            rows.put(
                    Summary.AVERAGE,
                    PairedComparison.of(List.copyOf(first.values()), List.copyOf(second.values()), resamples, seed));
        return new Comparison(a.name(), b.name(), a.metric(), split, seeds, rows, adjusted);
    }

    public String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(
                List.of("language", "examples", "A", "B", "B − A", "95 % interval", "p boot", "p rand", "p Holm", "h"));
        rows.forEach((language, row) -> lines.add(List.of(
                language,
                String.format(Locale.ROOT, "%,d", row.examples()),
                percent(row.a()),
                percent(row.b()),
                signed(row.difference()),
                "[%s, %s]".formatted(signed(row.low()), signed(row.high())),
                probability(row.pBootstrap()),
                probability(row.pRandomisation()),
                adjusted.containsKey(language) ? probability(adjusted.get(language)) : "–",
                String.format(Locale.ROOT, "%+.3f", row.effect()))));
        String seed = seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "A: %s\nB: %s\n%s on %s, seeds %s\n\n%s".formatted(a, b, metric, split, seed, Columns.aligned(lines, 1));
    }

    private static String percent(double score) {
        return String.format(Locale.ROOT, "%.2f", 100 * score);
    }

    private static String signed(double score) {
        return String.format(Locale.ROOT, "%+.2f", 100 * score);
    }

    private static String probability(@org.jspecify.annotations.Nullable Double p) {
        return String.format(Locale.ROOT, "%.4f", p);
    }

    public String json() {
        ObjectNode root = StoreJson.MAPPER.createObjectNode();
        root.put("a", a).put("b", b).put("metric", metric.name()).put("split", split);
        root.set("seeds", StoreJson.MAPPER.valueToTree(seeds));
        ArrayNode list = root.putArray("rows");
        rows.forEach((language, row) -> {
            ObjectNode node = list.addObject().put("language", language);
            node.setAll((ObjectNode) StoreJson.MAPPER.valueToTree(row));
            node.put("pHolm", adjusted.get(language));
        });
        try {
            return StoreJson.MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
