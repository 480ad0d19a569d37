package dev.isogloss.plan.step;

import dev.isogloss.api.data.Generated;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a corpus is, without where it lies.
public record CorpusIdentity(
        String name,
        String version,
        List<String> languages,
        boolean pairs,
        @Nullable Generated generated) {}
