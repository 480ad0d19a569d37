package dev.isogloss.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The task of an experiment.
public record TaskSpec(
        TaskType type,
        @Nullable List<String> labels,
        @Nullable Head head,
        boolean variationalDropout) {}
