package dev.isogloss.trainer.task;

import dev.isogloss.trainer.metric.Agreement;
import dev.isogloss.trainer.metric.Confusion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Details of the scores of one language and split.
///
/// @param examples  how many were predicted
/// @param classes   one row a label, or one a type of entity
/// @param labels    names of the confusion's rows (gold) and columns (predicted)
/// @param confusion how often each gold label was predicted as each label; words, for token tasks
public record Report(long examples, Map<String, ClassScores> classes, List<String> labels, List<List<Long>> confusion) {

    /// @param support how many there are in the gold labels
    public record ClassScores(double precision, double recall, double f1, long support) {
        static ClassScores of(Agreement agreement) {
            return new ClassScores(agreement.precision(), agreement.recall(), agreement.f1(), agreement.gold());
        }
    }

    static Report of(long examples, Map<String, Agreement> classes, Confusion confusion) {
        Map<String, ClassScores> rows = new LinkedHashMap<>();
        classes.forEach((name, agreement) -> rows.put(name, ClassScores.of(agreement)));
        return new Report(examples, rows, confusion.labels(), confusion.counts());
    }
}
