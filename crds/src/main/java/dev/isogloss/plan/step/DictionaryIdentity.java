package dev.isogloss.plan.step;

/// A dictionary without where it lies.
public record DictionaryIdentity(String name, String version) {
    public DictionaryIdentity {
        Require.name(name, "the dictionary's name");
        Require.name(version, "the dictionary's version");
    }
}
