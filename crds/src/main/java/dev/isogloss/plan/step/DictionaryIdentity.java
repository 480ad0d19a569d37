package dev.isogloss.plan.step;

import dev.isogloss.api.schema.Bounds;

/// A dictionary without where it lies.
public record DictionaryIdentity(String name, String version) {
    public DictionaryIdentity {
        Bounds.notBlank("the dictionary's name", name);
        Bounds.notBlank("the dictionary's version", version);
    }
}
