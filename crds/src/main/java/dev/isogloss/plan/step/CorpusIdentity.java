package dev.isogloss.plan.step;

import dev.isogloss.api.data.Generated;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A corpus as far as a step reads it, without where it lies.
public record CorpusIdentity(
        String name,
        String version,
        List<String> languages,
        boolean pairs,
        @Nullable Generated generated) {

    public CorpusIdentity {
        Require.name(name, "the corpus' name");
        Require.name(version, "the corpus' version");
        languages = Require.names(languages, "the corpus' languages");
    }
}
