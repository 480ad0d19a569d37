package dev.isogloss.api;

/// The hyperparameters of one method: what a manifest's stage says, with every default filled in.
public sealed interface MethodSettings permits FineTune, Pretrain {}
