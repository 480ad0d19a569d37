package dev.isogloss.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of a training's checkpoints is kept.
public record Selection(
        Keep keep,
        @Nullable Metric metric,
        String split,
        @Nullable List<String> languages,
        int patience) {

    /// What happens with the checkpoints.
    public enum Keep {
        Best,
        Last
    }
}
