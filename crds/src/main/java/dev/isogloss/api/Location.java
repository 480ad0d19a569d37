package dev.isogloss.api;

import org.jspecify.annotations.Nullable;

/// Where files lie: exactly one of `uri`, `claim` and `generated`; `path` may hold `{language}` and `{split}`.
public record Location(
        @Nullable String uri,
        @Nullable String claim,
        @Nullable String path,
        @Nullable Generated generated) {}
