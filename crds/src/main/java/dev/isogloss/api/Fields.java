package dev.isogloss.api;

import org.jspecify.annotations.Nullable;

/// Which fields of a JSON line, or columns of a table's header, hold what.
public record Fields(
        String text,
        @Nullable String secondText,
        String label,
        @Nullable String id) {}
