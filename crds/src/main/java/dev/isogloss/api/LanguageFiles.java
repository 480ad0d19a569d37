package dev.isogloss.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A language whose files lie elsewhere, or are split otherwise, than the dataset's.
public record LanguageFiles(
        String language, @Nullable String path, @Nullable Map<String, SplitSource> splits) {}
