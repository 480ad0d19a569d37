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
import org.jspecify.annotations.Nullable;

/// A generator of clauses: on a topic, or about people, places and firms.
final class ClauseGenerator {
    static final List<String> TOPICS = List.of("farming", "music", "sport", "trade", "weather");
    private static final int NOUNS = 12;
    private static final int VERBS = 8;
    private static final int ADJECTIVES = 8;
    private static final int TOPIC_NOUNS = 8;
    private static final int TOPIC_VERBS = 3;
    private static final int NAMES = 40;
    /// Shares of content words from the text's own topic, and from any topic.
    private static final double ON_TOPIC = 0.6;

    private static final double ASTRAY = 0.08;

    private ClauseGenerator() {}

    /// Some clauses on a topic.
    static List<Clause> document(int topic, int clauses, SeededRandom random) {
        List<Clause> document = new ArrayList<>();
        for (int i = 0; i < clauses; i++) document.add(topical(topic, random));
        return document;
    }

    static Clause topical(int topic, SeededRandom random) {
        Party subject = random.chance(0.2) ? new Known(concept(Kind.PRONOUN, random, 4)) : thing(topic, random);
        if (random.chance(0.08)) subject = person(random);
        Party object = random.chance(0.75) ? thing(topic, random) : null;
        About about = random.chance(0.4) ? new About(concept(Kind.PREPOSITION, random, 6), thing(topic, random)) : null;
        if (about != null && random.chance(0.15)) about = new About(about.preposition(), place(random));
        return new Clause(subject, verb(topic, random), object, about);
    }

    /// A clause with one to three names in it, and now and then none.
    static Clause news(SeededRandom random) {
        int topic = random.below(TOPICS.size());
        Party subject = named(random, 0.5, 0.3, 0.1);
        Party object = named(random, 0.15, 0.25, 0.1);
        Party where = named(random, 0.05, 0.1, 0.6);
        if (subject == null) subject = thing(topic, random);
        if (object == null && random.chance(0.7)) object = thing(topic, random);
        About about = where == null && random.chance(0.6)
                ? null
                : new About(concept(Kind.PREPOSITION, random, 6), where == null ? thing(topic, random) : where);
        boolean speaks = subject instanceof Named named && named.type().equals("PER") && random.chance(0.6);
        Concept verb = speaks ? concept(Kind.SPEECH_VERB, random, 8) : verb(topic, random);
        return new Clause(subject, verb, object, about);
    }

    private static @Nullable Party named(SeededRandom random, double person, double firm, double place) {
        return switch (random.weighted(new double[] {person, firm, place, 1 - person - firm - place})) {
            case 0 -> person(random);
            case 1 -> firm(random);
            case 2 -> place(random);
            default -> null;
        };
    }

    private static Named person(SeededRandom random) {
        Concept title = random.chance(0.25) ? concept(Kind.TITLE, random, 5) : null;
        Concept family = concept(Kind.FAMILY_NAME, random, NAMES);
        Concept given = concept(Kind.GIVEN_NAME, random, NAMES);
        return switch (random.weighted(new double[] {0.6, 0.25, 0.15})) {
            case 0 -> new Named("PER", List.of(given, family), title);
            case 1 -> new Named("PER", List.of(family), title);
            default -> new Named("PER", List.of(given), title);
        };
    }

    private static Named place(SeededRandom random) {
        // Some places are called after families: only what stands around tells them apart.
        Concept name = random.chance(0.15)
                ? concept(Kind.FAMILY_NAME, random, NAMES)
                : concept(Kind.PLACE_NAME, random, NAMES);
        return new Named("LOC", List.of(name), null);
    }

    private static Named firm(SeededRandom random) {
        Concept name =
                switch (random.weighted(new double[] {0.5, 0.25, 0.25})) {
                    case 0 -> concept(Kind.FIRM_NAME, random, NAMES);
                    case 1 -> concept(Kind.FAMILY_NAME, random, NAMES);
                    default -> concept(Kind.PLACE_NAME, random, NAMES);
                };
        return random.chance(0.7)
                ? new Named("ORG", List.of(name, concept(Kind.COMPANY, random, 6)), null)
                : new Named("ORG", List.of(concept(Kind.FIRM_NAME, random, NAMES)), null);
    }

    private static Thing thing(int topic, SeededRandom random) {
        Concept noun = content(topic, random, Kind.NOUN, NOUNS, Kind.TOPIC_NOUN, TOPIC_NOUNS);
        Concept adjective = random.chance(0.35) ? concept(Kind.ADJECTIVE, random, ADJECTIVES) : null;
        return new Thing(noun, adjective, random.chance(0.1) ? 2 + random.below(98) : 1);
    }

    private static Concept verb(int topic, SeededRandom random) {
        return content(topic, random, Kind.VERB, VERBS, Kind.TOPIC_VERB, TOPIC_VERBS);
    }

    private static Concept content(int topic, SeededRandom random, Kind kind, int size, Kind topical, int topicalSize) {
        int choice = random.weighted(new double[] {ON_TOPIC, ASTRAY, 1 - ON_TOPIC - ASTRAY});
        if (choice == 2) return concept(kind, random, size);
        int chosen = choice == 0 ? topic : random.below(TOPICS.size());
        return new Concept(topical, chosen * topicalSize + random.rank(topicalSize));
    }

    private static Concept concept(Kind kind, SeededRandom random, int size) {
        return new Concept(kind, random.rank(size));
    }
}
