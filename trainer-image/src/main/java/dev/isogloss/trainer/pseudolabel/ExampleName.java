package dev.isogloss.trainer.pseudolabel;

/// How models that share no token and no tensor speak of an example of a pool.
public record ExampleName(String language, String id) {}
