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

/// Draws what is said: clauses on a topic, and clauses about people, places and firms.
final class ClauseGenerator {
    static final List<String> TOPICS = List.of("farming", "music", "sport", "trade", "weather");
    private static final int NOUNS = 12;
    private static final int VERBS = 8;
    private static final int ADJECTIVES = 8;
    private static final int TOPIC_NOUNS = 8;
    private static final int TOPIC_VERBS = 3;
    private static final int NAMES = 40;
    /// How often a content word belongs to the text's own topic, and how often to some topic or other.
    private static final double ON_TOPIC = 0.6;

    private static final double ASTRAY = 0.08;

    private ClauseGenerator() {}

    /// Some clauses on a topic.
    static List<Clause> document(int topic, int clauses, SeededRandom draw) {
        List<Clause> document = new ArrayList<>();
        for (int i = 0; i < clauses; i++) document.add(topical(topic, draw));
        return document;
    }

    static Clause topical(int topic, SeededRandom draw) {
        Party subject = draw.chance(0.2) ? new Known(concept(Kind.PRONOUN, draw, 4)) : thing(topic, draw);
        if (draw.chance(0.08)) subject = person(draw);
        Party object = draw.chance(0.75) ? thing(topic, draw) : null;
        About about = draw.chance(0.4) ? new About(concept(Kind.PREPOSITION, draw, 6), thing(topic, draw)) : null;
        if (about != null && draw.chance(0.15)) about = new About(about.preposition(), place(draw));
        return new Clause(subject, verb(topic, draw), object, about);
    }

    /// A clause with one to three names in it, and now and then none.
    static Clause news(SeededRandom draw) {
        int topic = draw.below(TOPICS.size());
        Party subject = named(draw, 0.5, 0.3, 0.1);
        Party object = named(draw, 0.15, 0.25, 0.1);
        Party where = named(draw, 0.05, 0.1, 0.6);
        if (subject == null) subject = thing(topic, draw);
        if (object == null && draw.chance(0.7)) object = thing(topic, draw);
        About about = where == null && draw.chance(0.6)
                ? null
                : new About(concept(Kind.PREPOSITION, draw, 6), where == null ? thing(topic, draw) : where);
        boolean speaks = subject instanceof Named named && named.type().equals("PER") && draw.chance(0.6);
        Concept verb = speaks ? concept(Kind.SPEECH_VERB, draw, 8) : verb(topic, draw);
        return new Clause(subject, verb, object, about);
    }

    private static @Nullable Party named(SeededRandom draw, double person, double firm, double place) {
        return switch (draw.weighted(new double[] {person, firm, place, 1 - person - firm - place})) {
            case 0 -> person(draw);
            case 1 -> firm(draw);
            case 2 -> place(draw);
            default -> null;
        };
    }

    private static Named person(SeededRandom draw) {
        Concept title = draw.chance(0.25) ? concept(Kind.TITLE, draw, 5) : null;
        Concept family = concept(Kind.FAMILY_NAME, draw, NAMES);
        Concept given = concept(Kind.GIVEN_NAME, draw, NAMES);
        return switch (draw.weighted(new double[] {0.6, 0.25, 0.15})) {
            case 0 -> new Named("PER", List.of(given, family), title);
            case 1 -> new Named("PER", List.of(family), title);
            default -> new Named("PER", List.of(given), title);
        };
    }

    private static Named place(SeededRandom draw) {
        // Some places are called after families: only what stands around tells them apart.
        Concept name =
                draw.chance(0.15) ? concept(Kind.FAMILY_NAME, draw, NAMES) : concept(Kind.PLACE_NAME, draw, NAMES);
        return new Named("LOC", List.of(name), null);
    }

    private static Named firm(SeededRandom draw) {
        Concept name =
                switch (draw.weighted(new double[] {0.5, 0.25, 0.25})) {
                    case 0 -> concept(Kind.FIRM_NAME, draw, NAMES);
                    case 1 -> concept(Kind.FAMILY_NAME, draw, NAMES);
                    default -> concept(Kind.PLACE_NAME, draw, NAMES);
                };
        return draw.chance(0.7)
                ? new Named("ORG", List.of(name, concept(Kind.COMPANY, draw, 6)), null)
                : new Named("ORG", List.of(concept(Kind.FIRM_NAME, draw, NAMES)), null);
    }

    private static Thing thing(int topic, SeededRandom draw) {
        Concept noun = content(topic, draw, Kind.NOUN, NOUNS, Kind.TOPIC_NOUN, TOPIC_NOUNS);
        Concept adjective = draw.chance(0.35) ? concept(Kind.ADJECTIVE, draw, ADJECTIVES) : null;
        return new Thing(noun, adjective, draw.chance(0.1) ? 2 + draw.below(98) : 1);
    }

    private static Concept verb(int topic, SeededRandom draw) {
        return content(topic, draw, Kind.VERB, VERBS, Kind.TOPIC_VERB, TOPIC_VERBS);
    }

    private static Concept content(int topic, SeededRandom draw, Kind kind, int size, Kind topical, int topicalSize) {
        int choice = draw.weighted(new double[] {ON_TOPIC, ASTRAY, 1 - ON_TOPIC - ASTRAY});
        if (choice == 2) return concept(kind, draw, size);
        int chosen = choice == 0 ? topic : draw.below(TOPICS.size());
        return new Concept(topical, chosen * topicalSize + draw.rank(topicalSize));
    }

    private static Concept concept(Kind kind, SeededRandom draw, int size) {
        return new Concept(kind, draw.rank(size));
    }
}
