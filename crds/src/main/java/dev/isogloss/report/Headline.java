package dev.isogloss.report;

import dev.isogloss.api.task.Metric;
import dev.isogloss.result.Score;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one number that stands for a model: the task's main score, which steps measure first, on the test split if that
/// is measured; on the target that the model is for, else over the targets, or the source where no target is measured.
public record Headline(Metric metric, String split, double value) {
    public static final String TEST = "test";

    /// The mean, each score counting the same.
    ///
    /// @param target that the model is for; null where it is for all
    /// @return empty before anything is measured
    static Optional<Headline> of(Collection<Score> scores, String source, @Nullable String target) {
        if (scores.isEmpty()) return Optional.empty();
        Metric metric = scores.iterator().next().metric();
        String split = split(scores.stream().map(Score::split).toList());
        List<Score> fitting = scores.stream()
                .filter(score -> score.metric() == metric && score.split().equals(split))
                .toList();
        List<Score> targets = fitting.stream()
                .filter(score -> !score.language().equals(source))
                .toList();
        List<Score> own = fitting.stream()
                .filter(score -> score.language().equals(target))
                .toList();
        return (!own.isEmpty() ? own : targets.isEmpty() ? fitting : targets)
                .stream().mapToDouble(Score::value).average().stream()
                        .mapToObj(mean -> new Headline(metric, split, mean))
                        .findFirst();
    }

    static String split(List<String> splits) {
        return splits.contains(TEST) ? TEST : splits.getFirst();
    }
}
