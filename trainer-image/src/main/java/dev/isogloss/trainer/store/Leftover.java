package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.StepKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What is left of computing a finished step again, or needed by whoever does that now. None of it counts.
///
/// @param newest  when something of it was last written
/// @param folders of this machine that it is
/// @param objects of a bucket that it is, by name
public record Leftover(StepKey key, long bytes, Instant newest, List<Path> folders, List<String> objects) {
    public Leftover {
        folders = List.copyOf(folders);
        objects = List.copyOf(objects);
    }
}
