package dev.isogloss.trainer.report;

import java.util.HashSet;
import java.util.Set;

/// Names of files, each given once: the second of a name is NAME-2.
public final class DistinctNames {
    private final Set<String> given = new HashSet<>();

    public String of(String wanted) {
        String name = wanted;
        for (int n = 2; !given.add(name); n++) name = wanted + "-" + n;
        return name;
    }
}
