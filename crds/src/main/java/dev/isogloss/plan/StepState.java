package dev.isogloss.plan;

/// The state of a step, as an executor sees it. A step without a trace is `Waiting`.
public sealed interface StepState {

    /// Not started, or stopped after a checkpoint.
    record Waiting() implements StepState {}

    record Running() implements StepState {}

    /// The pod of a running step does it next, or is doing it: it takes no slot, and nobody has to start it.
    record Following() implements StepState {}

    /// Its result is there. `reused`: it was there before this plan wanted it.
    record Done(boolean reused) implements StepState {}

    /// It failed for good; `cause` is a sentence.
    record Failed(String cause) implements StepState {}
}
