package dev.isogloss.trainer.data.toy;

import dev.isogloss.trainer.data.toy.Clause.About;
import dev.isogloss.trainer.data.toy.Clause.Known;
import dev.isogloss.trainer.data.toy.Clause.Named;
import dev.isogloss.trainer.data.toy.Clause.Party;
import dev.isogloss.trainer.data.toy.Clause.Thing;
import dev.isogloss.trainer.data.toy.Concept.Kind;
import dev.isogloss.trainer.random.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/// A realiser of clauses in a language, with its words, its endings and its order.
final class Realiser {
    private static final Concept ARTICLE = new Concept(Kind.ARTICLE, 0);
    private static final Concept PLURAL = new Concept(Kind.SUFFIX, 0);
    private static final Concept OBJECT = new Concept(Kind.SUFFIX, 1);
    private static final Concept VERBAL = new Concept(Kind.SUFFIX, 2);

    private final Language language;
    private final Language source;
    private final SeededRandom random;

    /// @param source the language that words are borrowed from
    /// @param random decides when
    Realiser(Language language, Language source, SeededRandom random) {
        this.language = language;
        this.source = source;
        this.random = random;
    }

    /// A word as it is written, with what taggers are to find.
    ///
    /// @param part   universal part of speech
    /// @param entity IOB2 tag
    record Word(String text, String part, String entity) {}

    /// The clause as a sentence with a full stop at its end. Capitals are for names alone: one at the beginning would
    /// make another word of whatever a language puts first.
    List<Word> sentence(Clause clause) {
        List<Word> words = new ArrayList<>();
        switch (language.profile().order()) {
            case SubjectVerbObject -> {
                party(clause.subject(), false, words);
                verb(clause, words);
                object(clause, words);
            }
            case SubjectObjectVerb -> {
                party(clause.subject(), false, words);
                object(clause, words);
                verb(clause, words);
            }
            case VerbSubjectObject -> {
                verb(clause, words);
                party(clause.subject(), false, words);
                object(clause, words);
            }
        }
        About about = clause.about();
        if (about != null) {
            add(about.preposition(), words);
            party(about.what(), false, words);
        }
        words.add(new Word(".", "PUNCT", "O"));
        return words;
    }

    private void object(Clause clause, List<Word> words) {
        Party object = clause.object();
        if (object != null) party(object, true, words);
    }

    private void verb(Clause clause, List<Word> words) {
        words.add(new Word(
                language.word(clause.verb()) + language.word(VERBAL),
                clause.verb().kind().partOfSpeech(),
                "O"));
    }

    private void party(Party party, boolean object, List<Word> words) {
        switch (party) {
            case Known known -> add(known.pronoun(), words);
            case Thing thing -> thing(thing, object, words);
            case Named named -> named(named, words);
        }
    }

    private void thing(Thing thing, boolean object, List<Word> words) {
        if (thing.count() > 1) words.add(new Word(Integer.toString(thing.count()), "NUM", "O"));
        else add(ARTICLE, words);
        Concept adjective = thing.adjective();
        boolean before = language.profile().adjectiveFirst();
        if (adjective != null && before) add(adjective, words);
        Language chosen = random.chance(language.profile().borrows()) ? source : language;
        String noun = chosen.word(thing.noun())
                + (thing.count() > 1 ? language.word(PLURAL) : "")
                + (object ? language.word(OBJECT) : "");
        words.add(new Word(noun, thing.noun().kind().partOfSpeech(), "O"));
        if (adjective != null && !before) add(adjective, words);
    }

    private void named(Named named, List<Word> words) {
        Concept title = named.title();
        if (title != null) add(title, words);
        for (int i = 0; i < named.parts().size(); i++)
            words.add(new Word(
                    Language.capital(language.word(named.parts().get(i))),
                    "PROPN",
                    (i == 0 ? "B-" : "I-") + named.type()));
    }

    private void add(Concept concept, List<Word> words) {
        words.add(new Word(language.word(concept), concept.kind().partOfSpeech(), "O"));
    }
}
