package dev.isogloss.trainer.why;

import dev.isogloss.plan.step.StepKey;
import java.util.List;

/// The reason why a step of a plan is not in a store.
public sealed interface Reason {

    /// It was begun, and has no result yet.
    ///
    /// @param running    whether a process is at it now
    /// @param checkpoint whether it goes on from one
    record Unfinished(boolean running, boolean checkpoint) implements Reason {}

    /// No finished step of its kind has even half of its fields.
    ///
    /// @param ofKind whether there are steps of its kind at all
    record NothingAlike(String kind, boolean ofKind) implements Reason {}

    /// Fields of its own are others.
    ///
    /// @param nearest the stored step that they are compared with
    /// @param follows steps that moved before it, and that it reads: their results would move its key as well
    record Changed(StepKey nearest, List<FieldChange> changes, List<StepKey> follows) implements Reason {
        public Changed {
            changes = List.copyOf(changes);
            follows = List.copyOf(follows);
        }
    }

    /// Nothing of its own is another: it reads steps that are not in the store.
    ///
    /// @param nearest the stored step that differs in these alone
    /// @param roots   the steps among those behind it that moved first, in the order of the plan
    record Follows(StepKey nearest, List<StepKey> roots) implements Reason {
        public Follows {
            roots = List.copyOf(roots);
        }
    }
}
