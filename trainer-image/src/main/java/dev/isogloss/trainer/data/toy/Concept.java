package dev.isogloss.trainer.data.toy;

/// Something there is a word for in every language of the family.
///
/// @param number which one of its kind; topical kinds count their topics one after the other
record Concept(Kind kind, int number) {

    /// What time does to a word: it changes its sounds, wears no further, or is a name and travels.
    enum Fate {
        CHANGES,
        GRAMMAR,
        NAME
    }

    /// What sort of word it is.
    enum Kind {
        NOUN("NOUN", 2, Fate.CHANGES),
        VERB("VERB", 2, Fate.CHANGES),
        ADJECTIVE("ADJ", 2, Fate.CHANGES),
        TOPIC_NOUN("NOUN", 2, Fate.CHANGES),
        TOPIC_VERB("VERB", 2, Fate.CHANGES),
        SPEECH_VERB("VERB", 2, Fate.CHANGES),
        TITLE("NOUN", 2, Fate.CHANGES),
        COMPANY("PROPN", 2, Fate.CHANGES),
        ARTICLE("DET", 1, Fate.GRAMMAR),
        PREPOSITION("ADP", 1, Fate.GRAMMAR),
        PRONOUN("PRON", 1, Fate.GRAMMAR),
        SUFFIX("X", 1, Fate.GRAMMAR),
        GIVEN_NAME("PROPN", 2, Fate.NAME),
        FAMILY_NAME("PROPN", 2, Fate.NAME),
        PLACE_NAME("PROPN", 2, Fate.NAME),
        FIRM_NAME("PROPN", 2, Fate.NAME);

        private final String partOfSpeech;
        private final int syllables;
        private final Fate fate;

        Kind(String partOfSpeech, int syllables, Fate fate) {
            this.partOfSpeech = partOfSpeech;
            this.syllables = syllables;
            this.fate = fate;
        }

        /// Its universal part of speech.
        String partOfSpeech() {
            return partOfSpeech;
        }

        /// How many syllables its words have at least.
        int syllables() {
            return syllables;
        }

        Fate fate() {
            return fate;
        }
    }
}
