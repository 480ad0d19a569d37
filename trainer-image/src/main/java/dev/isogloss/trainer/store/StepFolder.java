package dev.isogloss.trainer.store;

import dev.isogloss.plan.step.StepKey;
import java.nio.file.Path;

/// The folder of one step, and what lies where in it. Write files and folders through [AtomicFiles].
public record StepFolder(StepKey key, Path path) {
    public static final String STEP = "step.json";
    public static final String RESULT = "result.json";
    public static final String FILES = "files.json";

    /// The step's spec in canonical JSON: `sha256sum step.json` prints the folder's name.
    public Path step() {
        return path.resolve(STEP);
    }

    /// Written last; a folder without it does not count.
    public Path result() {
        return path.resolve(RESULT);
    }

    /// Size and SHA-256 of every file the step left.
    public Path files() {
        return path.resolve(FILES);
    }

    /// Loss and scores by update, a JSON object a line.
    public Path curve() {
        return path.resolve("curve.jsonl");
    }

    /// A folder as `transformers` opens it.
    public Path model() {
        return path.resolve("model");
    }

    public Path predictions() {
        return path.resolve("predictions");
    }

    public Path selected() {
        return path.resolve("selected");
    }

    public Path augmented() {
        return path.resolve("augmented");
    }

    /// What sets a system apart from another.
    public Path comparison() {
        return path.resolve("comparison");
    }

    /// The checkpoint from which a stopped or killed step goes on; removed when the step is committed.
    public Path checkpoint() {
        return path.resolve("checkpoint");
    }
}
