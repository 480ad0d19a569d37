package dev.isogloss.trainer.pseudolabel;

/// The name of a pool's example, the same for models that share no token and no tensor.
public record ExampleName(String language, String id) {}
