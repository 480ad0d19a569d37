package dev.isogloss.trainer.data.toy;

/// A concept for which every language of the family has a word.
///
/// @param number which one of its kind; topical kinds count their topics one after the other
record Concept(Kind kind, int number) {

    /// The fate of a word over time: its sounds change, it wears no further, or it is a name and travels.
    enum Fate {
        Changes,
        Grammar,
        Name
    }

    /// Sorts of words. Their names are part of the names of random streams: another name draws other words.
    enum Kind {
        NOUN("NOUN", 2, Fate.Changes),
        VERB("VERB", 2, Fate.Changes),
        ADJECTIVE("ADJ", 2, Fate.Changes),
        TOPIC_NOUN("NOUN", 2, Fate.Changes),
        TOPIC_VERB("VERB", 2, Fate.Changes),
        SPEECH_VERB("VERB", 2, Fate.Changes),
        TITLE("NOUN", 2, Fate.Changes),
        COMPANY("PROPN", 2, Fate.Changes),
        ARTICLE("DET", 1, Fate.Grammar),
        PREPOSITION("ADP", 1, Fate.Grammar),
        PRONOUN("PRON", 1, Fate.Grammar),
        SUFFIX("X", 1, Fate.Grammar),
        GIVEN_NAME("PROPN", 2, Fate.Name),
        FAMILY_NAME("PROPN", 2, Fate.Name),
        PLACE_NAME("PROPN", 2, Fate.Name),
        FIRM_NAME("PROPN", 2, Fate.Name);

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

        /// The least number of syllables of its words.
        int syllables() {
            return syllables;
        }

        Fate fate() {
            return fate;
        }
    }
}
