package dev.isogloss.trainer.metric;

import java.util.Collection;
import java.util.Map;

/// Averages over languages: every language counts once, however many examples it has.
public final class Languages {
    private Languages() {}

    /// The mean score of the languages asked for.
    ///
    /// @throws IllegalArgumentException if a language has no score, or none is asked for
    public static double average(Map<String, Double> scores, Collection<String> languages) {
        if (languages.isEmpty()) throw new IllegalArgumentException("an average over no languages");
        double sum = 0;
        for (String language : languages) {
            Double score = scores.get(language);
            if (score == null) throw new IllegalArgumentException("no score for " + language + " in " + scores);
            sum += score;
        }
        return sum / languages.size();
    }
}
