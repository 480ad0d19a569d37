package dev.isogloss.trainer.data;

import java.util.List;
import java.util.Map;

/// Unlabelled text by language, and translation pairs.
///
/// @param texts by language, in the order of their files; no text is blank
/// @param pairs translation pairs by the language of their target; empty where there are none
/// @param files everything that was read
/// @param notes what a user may want to know and need not mend, each with its file
public record CorpusTexts(
        Map<String, List<String>> texts,
        Map<String, List<TextPair>> pairs,
        List<SourceFile> files,
        List<String> notes) {

    public CorpusTexts {
        notes = List.copyOf(notes);
    }
}
