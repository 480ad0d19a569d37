package dev.isogloss.report;

import dev.isogloss.api.task.Metric;
import dev.isogloss.result.Score;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The one number that stands for a model: the task's main score, which steps measure first, on the test split if that
/// is measured; over the targets, or the source where no target is measured.
public record Headline(Metric metric, String split, double value) {
    public static final String TEST = "test";

    /// The mean, each score counting the same.
    ///
    /// @return empty before anything is measured
    static Optional<Headline> of(Collection<Score> scores, String source) {
        if (scores.isEmpty()) return Optional.empty();
        Metric metric = scores.iterator().next().metric();
        String split = split(scores.stream().map(Score::split).toList());
        List<Score> fitting = scores.stream()
                .filter(score -> score.metric() == metric && score.split().equals(split))
                .toList();
        List<Score> targets = fitting.stream()
                .filter(score -> !score.language().equals(source))
                .toList();
        return (targets.isEmpty() ? fitting : targets)
                .stream().mapToDouble(Score::value).average().stream()
                        .mapToObj(mean -> new Headline(metric, split, mean))
                        .findFirst();
    }

    static String split(List<String> splits) {
        return splits.contains(TEST) ? TEST : splits.getFirst();
    }
}
