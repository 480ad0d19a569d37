package dev.isogloss.plan.step;

import dev.isogloss.api.method.Selection;
import dev.isogloss.api.task.TaskSpec;
import java.util.List;

/// The splits that a training's checkpoints are scored on.
public final class SelectionSplits {
    /// A way out for users who have no such split.
    public static final String OTHERWISE =
            "Checkpoints are selected by their score on this split: label all of it, name another"
                    + " under fineTune.selection.split, or go without by selection: {keep: Last}.";

    private SelectionSplits() {}

    /// Whether checkpoints are scored at all: to keep the best, or to know when to stop.
    public static boolean scores(Selection selection) {
        return selection.keep() == Selection.Keep.Best || selection.patience() > 0;
    }

    /// @param trained the languages that are scored where the selection names none
    static Input of(Selection selection, List<String> trained, DatasetIdentity data, TaskSpec task) {
        List<String> languages = selection.languages() == null ? trained : selection.languages();
        return new Input.LabelledData(data, task.type(), languages, List.of(selection.split()), OTHERWISE);
    }
}
