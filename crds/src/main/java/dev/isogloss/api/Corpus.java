package dev.isogloss.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Unlabelled text by language, one text a line, and translation pairs: what `pretrain` reads.
public record Corpus(
        String name,
        String version,
        List<String> languages,
        Location location,
        @Nullable Location pairs) {}
