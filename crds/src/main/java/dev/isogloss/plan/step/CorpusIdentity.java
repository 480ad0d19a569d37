package dev.isogloss.plan.step;

import dev.isogloss.api.data.Generated;
import dev.isogloss.api.schema.Bounds;
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
        Bounds.notBlank("the corpus' name", name);
        Bounds.notBlank("the corpus' version", version);
        languages = Bounds.names("the corpus' languages", languages);
    }
}
