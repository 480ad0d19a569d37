package dev.isogloss.api;

import org.jspecify.annotations.Nullable;

/// A split made of (a part of) another file: `file` replaces `{split}`, examples `first` to `last` are kept (counted
/// from 1, both included).
public record SplitSource(
        String file, @Nullable Integer first, @Nullable Integer last) {}
