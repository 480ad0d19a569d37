package dev.isogloss.trainer.data.toy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One of the invented languages: how it differs from the ancestor, and its words.
final class Language {

    /// In what order a clause comes.
    enum Order {
        SUBJECT_VERB_OBJECT,
        SUBJECT_OBJECT_VERB,
        VERB_SUBJECT_OBJECT
    }

    /// How far a language has moved away.
    ///
    /// @param code            a code of the range ISO 639-2 leaves to private use (qaa to qtz)
    /// @param kept            share of the ancestor's words that it kept
    /// @param changes         how many sound changes those went through
    /// @param sharedNames     share of names written as in the source language
    /// @param adjectiveFirst  whether adjectives stand before their noun
    record Profile(String code, Order order, double kept, int changes, double sharedNames, boolean adjectiveFirst) {}

    private final Profile profile;
    private final long seed;
    private final Phonology own;
    private final List<SoundChange> changes;
    private final Map<Concept, String> words = new HashMap<>();

    Language(Profile profile, long seed) {
        this.profile = profile;
        this.seed = seed;
        own = Phonology.own(Draw.of(seed, "phonology/" + profile.code()));
        changes = SoundChange.some(Draw.of(seed, "changes/" + profile.code()), profile.changes());
    }

    Profile profile() {
        return profile;
    }

    /// The word for a concept: the ancestor's after the sound changes, or one of the language's own.
    String word(Concept concept) {
        synchronized (words) {
            return words.computeIfAbsent(concept, this::coin);
        }
    }

    private String coin(Concept concept) {
        boolean name = concept.kind().isName();
        Draw choice = Draw.of(seed, "kept/" + profile.code() + "/" + concept.kind(), concept.number());
        boolean kept = choice.chance(name ? profile.sharedNames() : profile.kept());
        if (name) return capital(kept ? ancestral(concept) : own.word(choice, syllables(concept)));
        if (!kept) return own.word(choice, syllables(concept));
        String word = ancestral(concept);
        for (SoundChange change : changes) word = change.apply(word);
        return word;
    }

    private String ancestral(Concept concept) {
        Draw draw = Draw.of(seed, "ancestor/" + concept.kind(), concept.number());
        return Phonology.ANCESTOR.word(draw, syllables(concept));
    }

    private int syllables(Concept concept) {
        int more =
                Draw.of(seed, "syllables/" + concept.kind(), concept.number()).below(2);
        return concept.kind().syllables() + (concept.kind().syllables() > 1 ? more : 0);
    }

    static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
