package dev.isogloss.trainer.select;

/// How models that share no token and no tensor speak of an example of a pool.
public record Name(String language, String id) {}
