package dev.isogloss.trainer.data;

/// A text and its translation.
///
/// @param language of `target`; the source's language is whatever the corpus translates from
public record TextPair(String language, String source, String target) {}
