package dev.isogloss.manifest;

import dev.isogloss.api.Excerpt;

/// A mistake in a manifest.
///
/// @param line    from 1; 0 where the whole file is meant
/// @param column  from 1
/// @param path    of the field, as in `spec.stages[1].fineTune.epochs`; empty where the whole document is meant
/// @param message a sentence or two: the value, what would be right
public record Problem(String file, int line, int column, String path, String message) {

    public Problem {
        path = Excerpt.message(path);
        message = Excerpt.message(message);
    }

    /// One paragraph: `file:line:column: path: message`.
    @Override
    public String toString() {
        String location = line == 0 ? file : file + ":" + line + ":" + column;
        return path.isEmpty() ? location + ": " + message : location + ": " + path + ": " + message;
    }
}
