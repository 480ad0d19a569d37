package dev.isogloss.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Metric;
import dev.isogloss.report.ComparedSystem.Outcome;
import dev.isogloss.report.statistics.PairedComparison;
import dev.isogloss.report.statistics.PairedOutcomes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A comparison of two systems on the same examples, language by language.
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

    private record Pair(PairedOutcomes a, PairedOutcomes b) {}

    /// With the mean over all languages.
    ///
    /// @param chance a stream of random numbers by its name
    /// @throws InvalidInput if the systems share no seed, no language, or differ in examples or gold labels
    public static Comparison of(
            ComparedSystem a, ComparedSystem b, String split, int resamples, Function<String, RandomGenerator> chance) {
        return of(a, b, split, null, resamples, chance);
    }

    /// @param averaged those languages whose mean is compared as well; null for all
    /// @param chance   a stream of random numbers by its name
    /// @throws InvalidInput if the systems share no seed, no language, or differ in examples or gold labels
    public static Comparison of(
            ComparedSystem a,
            ComparedSystem b,
            String split,
            @Nullable List<String> averaged,
            int resamples,
            Function<String, RandomGenerator> chance) {
        if (a.metric() != b.metric())
            throw new InvalidInput("%s is scored by %s and %s by %s; compare needs two systems for one task."
                    .formatted(a.name(), a.metric(), b.name(), b.metric()));
        List<Long> seeds =
                a.outcomes().keySet().stream().filter(b.outcomes()::containsKey).toList();
        if (seeds.isEmpty())
            throw new InvalidInput("%s has results of seeds %s, %s of seeds %s: they share none."
                    .formatted(
                            a.name(),
                            a.outcomes().keySet(),
                            b.name(),
                            b.outcomes().keySet()));
        Map<String, Pair> pairs = pairs(a, b, seeds);
        if (pairs.isEmpty())
            throw new InvalidInput(
                    "%s and %s have no language in common of which both have predictions of split \"%s\"."
                            .formatted(a.name(), b.name(), split));
        Map<String, PairedComparison> rows = new LinkedHashMap<>();
        pairs.forEach((language, pair) -> rows.put(language, compared(List.of(pair), resamples, chance)));
        Map<String, Double> adjusted = adjusted(rows);
        if (averaged != null) pairs.keySet().retainAll(averaged);
        if (pairs.size() > 1) rows.put(Summary.AVERAGE, compared(List.copyOf(pairs.values()), resamples, chance));
        return new Comparison(a.name(), b.name(), a.metric(), split, seeds, rows, adjusted);
    }

    private static Map<String, Pair> pairs(ComparedSystem a, ComparedSystem b, List<Long> seeds) {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        for (String language : new TreeSet<>(
                a.outcomes().getOrDefault(seeds.getFirst(), Map.of()).keySet())) {
            boolean measured = seeds.stream()
                    .noneMatch(seed -> a.outcomes(seed, language).isEmpty()
                            || b.outcomes(seed, language).isEmpty());
            if (!measured) continue;
            for (long seed : seeds) requireSame(a, b, seed, language);
            pairs.put(language, new Pair(paired(a, seeds, language), paired(b, seeds, language)));
        }
        return pairs;
    }

    private static void requireSame(ComparedSystem a, ComparedSystem b, long seed, String language) {
        List<Outcome> ours = a.outcomes(seed, language);
        List<Outcome> theirs = b.outcomes(seed, language);
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            Outcome mine = i < ours.size() ? ours.get(i) : null;
            Outcome other = i < theirs.size() ? theirs.get(i) : null;
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

    private static String described(@Nullable Outcome outcome) {
        return outcome == null ? "missing" : "\"%s\" (gold %s)".formatted(outcome.id(), outcome.gold());
    }

    private static PairedOutcomes paired(ComparedSystem system, List<Long> seeds, String language) {
        double[][] numerator = new double[seeds.size()][];
        double[][] denominator = new double[seeds.size()][];
        for (int s = 0; s < seeds.size(); s++) {
            List<Outcome> outcomes = system.outcomes(seeds.get(s), language);
            numerator[s] = outcomes.stream().mapToDouble(Outcome::numerator).toArray();
            denominator[s] = outcomes.stream().mapToDouble(Outcome::denominator).toArray();
        }
        return new PairedOutcomes(numerator, denominator);
    }

    private static PairedComparison compared(
            List<Pair> languages, int resamples, Function<String, RandomGenerator> chance) {
        return PairedComparison.of(
                languages.stream().map(Pair::a).toList(),
                languages.stream().map(Pair::b).toList(),
                resamples,
                chance);
    }

    private static Map<String, Double> adjusted(Map<String, PairedComparison> rows) {
        List<String> languages = List.copyOf(rows.keySet());
        List<Double> holm = PairedComparison.holm(
                rows.values().stream().map(PairedComparison::pRandomisation).toList());
        Map<String, Double> adjusted = new LinkedHashMap<>();
        for (int l = 0; l < languages.size(); l++) adjusted.put(languages.get(l), holm.get(l));
        return adjusted;
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

    private static String probability(@Nullable Double p) {
        return String.format(Locale.ROOT, "%.4f", p);
    }

    public String json() {
        ObjectNode root = ReportJson.MAPPER.createObjectNode();
        root.put("a", a).put("b", b).put("metric", metric.name()).put("split", split);
        root.set("seeds", ReportJson.MAPPER.valueToTree(seeds));
        ArrayNode list = root.putArray("rows");
        rows.forEach((language, row) -> {
            ObjectNode node = list.addObject().put("language", language);
            node.setAll((ObjectNode) ReportJson.MAPPER.valueToTree(row));
            node.put("pHolm", adjusted.get(language));
        });
        return ReportJson.of(root);
    }
}
