package dev.isogloss.trainer.store;

import dev.isogloss.result.Fact;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A result that was computed again, beside the one that the store held.
///
/// @param result      that counts now: the former one if both are the same to the last bit, else the new one
/// @param sameScores  whether all scores are the same to the last digit
/// @param differences a sentence part for each score, number and file that is another one; empty if none is
public record Recomputed(StepResult result, boolean sameScores, List<String> differences) {
    /// What differs from run to run, and decides nothing.
    private static final Set<String> MEASURED = Set.of(Fact.Seconds.toString(), Fact.PeakMemoryBytes.toString());

    private static final String CURVE = "curve.jsonl";

    public Recomputed {
        differences = List.copyOf(differences);
    }

    public boolean isSame() {
        return differences.isEmpty();
    }

    /// Scores first, then numbers, then files. The curve of losses is no part of it: nothing is read from it.
    static Recomputed of(
            StepResult former,
            Map<String, StoredFile> formerFiles,
            StepResult fresh,
            SortedMap<String, StoredFile> freshFiles) {
        List<String> differences = new ArrayList<>(scores(former, fresh));
        boolean sameScores = differences.isEmpty();
        numbers(former)
                .forEach((name, value) ->
                        differ(differences, name, value, numbers(fresh).get(name)));
        numbers(fresh).forEach((name, value) -> {
            if (!numbers(former).containsKey(name)) differences.add("%s is new: %s".formatted(name, value));
        });
        if (former.keptModel() != fresh.keptModel()) differences.add("keptModel: " + fresh.keptModel());
        TreeSet<String> names = new TreeSet<>(formerFiles.keySet());
        names.addAll(freshFiles.keySet());
        names.remove(CURVE);
        for (String name : names)
            if (!Optional.ofNullable(formerFiles.get(name)).equals(Optional.ofNullable(freshFiles.get(name))))
                differences.add(name);
        return new Recomputed(differences.isEmpty() ? former : fresh, sameScores, differences);
    }

    private static List<String> scores(StepResult former, StepResult fresh) {
        Map<String, Double> now = new TreeMap<>();
        fresh.scores().forEach(score -> now.put(name(score), score.value()));
        List<String> differences = new ArrayList<>();
        for (Score score : former.scores()) differ(differences, name(score), score.value(), now.get(name(score)));
        if (former.scores().size() != fresh.scores().size())
            differences.add("%d scores, was %d"
                    .formatted(fresh.scores().size(), former.scores().size()));
        return differences;
    }

    private static String name(Score score) {
        return "%s %s %s".formatted(score.language(), score.split(), score.metric());
    }

    private static Map<String, Double> numbers(StepResult result) {
        Map<String, Double> numbers = new TreeMap<>(result.facts().byName());
        numbers.keySet().removeAll(MEASURED);
        return numbers;
    }

    private static void differ(List<String> differences, String name, double was, @Nullable Double is) {
        if (is == null) differences.add("%s is gone".formatted(name));
        else if (Double.compare(was, is) != 0)
            differences.add(String.format(Locale.ROOT, "%s %s, was %s", name, is, was));
    }
}
