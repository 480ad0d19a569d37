package dev.isogloss.trainer.data.toy;

/// Something there is a word for in every language of the family.
///
/// @param number which one of its kind; topical kinds count their topics one after the other
record Concept(Kind kind, int number) {

    /// What sort of word it is.
    enum Kind {
        NOUN("NOUN", 2),
        VERB("VERB", 2),
        ADJECTIVE("ADJ", 2),
        TOPIC_NOUN("NOUN", 2),
        TOPIC_VERB("VERB", 2),
        SPEECH_VERB("VERB", 2),
        ARTICLE("DET", 1),
        PREPOSITION("ADP", 1),
        CONJUNCTION("CCONJ", 1),
        PRONOUN("PRON", 1),
        SUFFIX("X", 1),
        COMPANY("PROPN", 2),
        TITLE("NOUN", 2),
        GIVEN_NAME("PROPN", 2),
        FAMILY_NAME("PROPN", 2),
        PLACE_NAME("PROPN", 2),
        FIRM_NAME("PROPN", 2);

        private final String partOfSpeech;
        private final int syllables;

        Kind(String partOfSpeech, int syllables) {
            this.partOfSpeech = partOfSpeech;
            this.syllables = syllables;
        }

        /// Its universal part of speech.
        String partOfSpeech() {
            return partOfSpeech;
        }

        /// How many syllables its words have at least.
        int syllables() {
            return syllables;
        }

        boolean isName() {
            return this == GIVEN_NAME || this == FAMILY_NAME || this == PLACE_NAME || this == FIRM_NAME;
        }
    }
}
