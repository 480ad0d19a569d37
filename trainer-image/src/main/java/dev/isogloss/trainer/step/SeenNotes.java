package dev.isogloss.trainer.step;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Notes about the data that this process has made: five seeds read the same files.
public final class SeenNotes {
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// True the first time a sentence is asked about.
    boolean isNew(String sentence) {
        return told.add(sentence);
    }
}
