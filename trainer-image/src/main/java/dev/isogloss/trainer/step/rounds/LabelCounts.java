package dev.isogloss.trainer.step.rounds;

import dev.isogloss.trainer.pseudolabel.JudgedLabel;
import dev.isogloss.trainer.pseudolabel.PseudoLabels;
import dev.isogloss.trainer.pseudolabel.SelectionManifest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/// Counts of the pseudo-labels that are handed on, while they are written.
final class LabelCounts {
    private final Map<String, Long> classes = new TreeMap<>();
    private int place;
    private long count;
    private long known;
    private long wrong;

    /// The place in the pool of the next example, from 0.
    int next() {
        return place++;
    }

    void write(JudgedLabel label, BufferedWriter out) {
        try {
            PseudoLabels.write(out, label);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        count++;
        label.labels().forEach(each -> classes.merge(each, 1L, Long::sum));
        if (label.gold() != null) known++;
        if (label.differsFromGold()) wrong++;
    }

    /// @param sha256    of the file
    /// @param pool      examples that were left to choose from
    /// @param confident of these, those that are trusted
    SelectionManifest manifest(String sha256, long pool, long confident) {
        return new SelectionManifest(count, classes, sha256, pool, confident, known, wrong);
    }

    /// Examples of the pool so far.
    long pool() {
        return place;
    }
}
