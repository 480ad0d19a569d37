package dev.isogloss.api.method;

/// The settings of a stage that looks at the models of the stages before it and trains nothing.
public sealed interface Inspection extends MethodSettings permits Analyse, Project {}
