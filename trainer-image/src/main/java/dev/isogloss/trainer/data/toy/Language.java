package dev.isogloss.trainer.data.toy;

import dev.isogloss.trainer.data.toy.Concept.Kind;
import dev.isogloss.trainer.random.SeededRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// An invented language: its words, and how it differs from the ancestor.
final class Language {

    /// The word order of a clause.
    enum Order {
        SubjectVerbObject,
        SubjectObjectVerb,
        VerbSubjectObject
    }

    /// A language and its distance from the first one.
    ///
    /// @param code            a code of the range ISO 639-2 leaves to private use (qaa to qtz)
    /// @param kept            share of the ancestor's words that it kept
    /// @param worn            share of those that sound changes left different
    /// @param keptGrammar     share of articles, prepositions, pronouns and endings that it kept, unworn
    /// @param borrows         how often a speaker takes the source language's word for a thing instead
    /// @param sharedNames     share of names written as in the source language
    /// @param adjectiveFirst  whether adjectives stand before their noun
    record Profile(
            String code,
            Order order,
            double kept,
            double worn,
            double keptGrammar,
            double borrows,
            double sharedNames,
            boolean adjectiveFirst) {}

    private final Profile profile;
    private final long seed;
    private final Phonology phonology;
    private final List<SoundChange> changes;
    private final Map<Concept, String> words = new HashMap<>();

    Language(Profile profile, long seed) {
        this.profile = profile;
        this.seed = seed;
        phonology = Phonology.ofLanguage(SeededRandom.of(seed, "phonology/" + profile.code()));
        List<String> words = IntStream.range(0, 60)
                .mapToObj(i -> ancestral(new Concept(i < 40 ? Kind.TOPIC_NOUN : Kind.NOUN, i)))
                .toList();
        changes = SoundChange.some(SeededRandom.of(seed, "changes/" + profile.code()), words, profile.worn());
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
        SeededRandom choice = SeededRandom.of(seed, "kept/" + profile.code() + "/" + concept.kind(), concept.number());
        double share =
                switch (concept.kind().fate()) {
                    case Changes -> profile.kept();
                    case Grammar -> profile.keptGrammar();
                    case Name -> profile.sharedNames();
                };
        boolean kept = spread(concept) < share;
        String word = kept ? ancestral(concept) : phonology.word(choice, syllables(concept));
        return switch (concept.kind().fate()) {
            case Changes -> kept ? SoundChange.applyAll(changes, word) : word;
            case Grammar -> word;
            case Name -> capital(word);
        };
    }

    /// Evenly spread over [0, 1) by the golden ratio: of any run of words, frequent or rare, the same share is kept.
    private double spread(Concept concept) {
        double start = SeededRandom.of(seed, "spread/" + profile.code() + "/" + concept.kind())
                .uniform();
        return (start + concept.number() * 0.6180339887498949) % 1;
    }

    private String ancestral(Concept concept) {
        SeededRandom draw = SeededRandom.of(seed, "ancestor/" + concept.kind(), concept.number());
        return Phonology.ANCESTOR.word(draw, syllables(concept));
    }

    private int syllables(Concept concept) {
        int more = SeededRandom.of(seed, "syllables/" + concept.kind(), concept.number())
                .below(2);
        return concept.kind().syllables() + (concept.kind().syllables() > 1 ? more : 0);
    }

    static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
