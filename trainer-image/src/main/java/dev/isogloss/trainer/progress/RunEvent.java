package dev.isogloss.trainer.progress;

import dev.isogloss.api.Excerpt;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Score;
import java.util.List;

/// An event of a run. `docs/command-line.md` describes the same events as lines of JSON.
public sealed interface RunEvent {

    /// The first event.
    ///
    /// @param total  steps in the plan
    /// @param reused those whose result was in the store already
    record RunStarted(String name, String store, int total, int reused) implements RunEvent {}

    record StepStarted(StepKey key, String title, String because) implements RunEvent {}

    /// Numbers as in `step.Progress`; NaN and 0 for what is not known.
    record StepProgressed(
            StepKey key,
            String title,
            long update,
            long of,
            double loss,
            double examplesPerSecond,
            double tokensPerSecond)
            implements RunEvent {}

    record StepNoted(StepKey key, String title, String text) implements RunEvent {
        public StepNoted {
            text = Excerpt.message(text);
        }
    }

    /// Another process is running the step; its result will be used.
    record StepAwaited(StepKey key, String title, String holder) implements RunEvent {}

    /// Another process finished a step this run was waiting for.
    record StepReused(StepKey key, String title) implements RunEvent {}

    /// A step that reads what was computed again is reused: what it reads is the same as before.
    record StepKept(StepKey key, String title) implements RunEvent {}

    /// A step succeeded of which the store held a result.
    ///
    /// @param same        whether both are the same to the last bit; then the former one stays
    /// @param differences of the two: a few words for each score, number and file
    record StepRecomputed(StepKey key, String title, boolean same, List<String> differences) implements RunEvent {
        private static final int SHOWN = 4;

        public StepRecomputed {
            differences = List.copyOf(differences);
        }

        String sentence() {
            if (same) return "the same to the last bit as what the store held";
            String first = String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size())));
            String rest = differences.size() > SHOWN ? "; and %d more".formatted(differences.size() - SHOWN) : "";
            return "differs from what the store held, and replaces it: %s%s".formatted(first, rest);
        }
    }

    record StepSucceeded(StepKey key, String title, double seconds, List<Score> scores) implements RunEvent {}

    /// @param message one paragraph for people
    record StepFailed(StepKey key, String title, String message) implements RunEvent {
        public StepFailed {
            message = Excerpt.message(message);
        }
    }

    /// A step that cannot run, because one that it reads failed.
    record StepSkipped(StepKey key, String title, String because) implements RunEvent {}

    /// The run was asked to end: running steps write a checkpoint.
    record StopRequested(int running) implements RunEvent {
        String sentence() {
            return switch (running) {
                case 0 -> "no step is running.";
                case 1 -> "the running step writes a checkpoint.";
                default -> running + " running steps write a checkpoint.";
            };
        }
    }

    /// The run was asked again to end, while checkpoints are still being written.
    record StopRepeated() implements RunEvent {
        static final String MESSAGE = "Still writing checkpoints; the process ends as soon as it is safe.";
    }

    /// A step wrote its checkpoint and ended.
    record StepStopped(StepKey key, String title, String where) implements RunEvent {}

    /// The last event.
    record RunFinished(String verdict, int succeeded, int reused, int failed, int skipped, double seconds)
            implements RunEvent {}
}
