package dev.isogloss.trainer.data;

import org.jspecify.annotations.Nullable;

/// A labelled text of the source language and what it is in another: a line of a file of pairs.
///
/// @param id       what the file calls the text in all languages; without one, the text itself
/// @param language of the target
/// @param source   with the label of the text, where the line has one
/// @param target   the same in the other language
public record Translation(String id, String language, TextExample source, TextExample target) {

    public static Translation of(
            @Nullable String id,
            String language,
            String source,
            @Nullable String secondSource,
            String target,
            @Nullable String secondTarget,
            @Nullable String label) {
        String name = id != null ? id : secondSource == null ? source : source + "\t" + secondSource;
        return new Translation(
                name,
                language,
                new TextExample(name, source, secondSource, label),
                new TextExample(name, target, secondTarget, label));
    }
}
