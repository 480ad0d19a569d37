package dev.isogloss.trainer.data.toy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Generated;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.data.CorpusTexts;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.data.TextPair;
import dev.isogloss.trainer.data.Translation;
import dev.isogloss.trainer.data.toy.Language.Order;
import dev.isogloss.trainer.data.toy.Language.Profile;
import dev.isogloss.trainer.data.toy.Realiser.Word;
import dev.isogloss.trainer.random.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Four invented languages, a source and three relatives at growing distance, and everything an experiment wants of
/// them: labelled texts, tagged sentences, raw text and translations.
///
/// All come from one ancestor. Each relative keeps fewer of its words, puts the rest through more sound changes, and
/// orders its clauses in its own way; numbers, punctuation and some names are written alike, and now and then a
/// speaker borrows a word of the source. Texts are clauses on one of five topics, told by some of their words only, and
/// labelled topics are not equally frequent everywhere. Everything is drawn from the seed and the example's number, so
/// asking for more adds to what was there.
public final class ToyLanguages {
    private static final List<Profile> FAMILY = List.of(
            new Profile("qal", Order.SUBJECT_VERB_OBJECT, 1, 0, 1, 0, 1, true),
            new Profile("qen", Order.SUBJECT_VERB_OBJECT, 0.92, 0.12, 1, 0.15, 0.85, true),
            new Profile("qir", Order.SUBJECT_OBJECT_VERB, 0.84, 0.26, 1, 0.15, 0.65, false),
            new Profile("qos", Order.VERB_SUBJECT_OBJECT, 0.76, 0.42, 1, 0.15, 0.4, false));
    private static final double[] PRIOR = {0.3, 0.24, 0.19, 0.15, 0.12};

    /// How often a raw text has two languages in it.
    private static final double MIXED = 0.5;

    private final Generated sizes;
    private final Map<String, Language> languages = new LinkedHashMap<>();

    private ToyLanguages(Generated sizes) {
        this.sizes = sizes;
        for (Profile profile : FAMILY) languages.put(profile.code(), new Language(profile, sizes.seed()));
    }

    /// @param sizes how much of everything there is, and the seed it comes from
    public static ToyLanguages of(Generated sizes) {
        return new ToyLanguages(sizes);
    }

    /// The codes of the languages, the source first, then by distance. All lie in the range that ISO 639-2 leaves to
    /// private use.
    public static List<String> languages() {
        return FAMILY.stream().map(Profile::code).toList();
    }

    /// The language the others are measured from.
    public static String source() {
        return FAMILY.getFirst().code();
    }

    /// Labelled examples.
    ///
    /// @param split train, dev or test
    /// @throws InvalidInput if there is no such language or split, or the task is not one that is generated
    public Split split(TaskType task, String language, String split) {
        Language spoken = language(language);
        int count =
                switch (split) {
                    case "train" -> sizes.trainExamples();
                    case "dev", "test" -> sizes.testExamples();
                    default ->
                        throw new InvalidInput(
                                "Generated data has the splits train, dev and test, and no \"%s\".".formatted(split));
                };
        String stream = task + "/" + language + "/" + split;
        List<Example> examples = IntStream.range(0, count)
                .<Example>mapToObj(
                        i -> example(task, spoken, split + "-" + (i + 1), SeededRandom.of(sizes.seed(), stream, i)))
                .toList();
        List<Integer> lines = IntStream.rangeClosed(1, count).boxed().toList();
        return new Split(language, split, examples, lines, file(stream, examples), List.of());
    }

    private Example example(TaskType task, Language language, String id, SeededRandom draw) {
        Realiser speech = speech(language, draw);
        return switch (task) {
            case SequenceClassification -> {
                int topic = draw.weighted(prior(language));
                yield new TextExample(
                        id, document(topic, 1 + draw.below(2), speech, draw), null, ClauseGenerator.TOPICS.get(topic));
            }
            case NamedEntityRecognition -> {
                List<Word> words = speech.sentence(ClauseGenerator.news(draw));
                yield new TaggedExample(
                        id,
                        words.stream().map(Word::text).toList(),
                        words.stream().map(Word::entity).toList());
            }
            case PartOfSpeechTagging -> {
                List<Word> words = speech.sentence(ClauseGenerator.news(draw));
                yield new TaggedExample(
                        id,
                        words.stream().map(Word::text).toList(),
                        words.stream().map(Word::part).toList());
            }
            case SequencePairClassification, DependencyParsing ->
                throw new InvalidInput(("No data is generated for the task %s; the invented languages have "
                                + "SequenceClassification, NamedEntityRecognition and PartOfSpeechTagging.")
                        .formatted(task));
        };
    }

    /// The first topics are the most frequent in the source; the relatives begin elsewhere.
    private double[] prior(Language language) {
        int shift = languages().indexOf(language.profile().code());
        double[] prior = new double[PRIOR.length];
        for (int i = 0; i < prior.length; i++) prior[i] = PRIOR[(i + 2 * shift) % PRIOR.length];
        return prior;
    }

    private Realiser speech(Language language, SeededRandom draw) {
        return new Realiser(language, language(source()), draw);
    }

    private static String document(int topic, int clauses, Realiser speech, SeededRandom draw) {
        return text(ClauseGenerator.document(topic, clauses, draw), speech);
    }

    private static String text(List<Clause> clauses, Realiser speech) {
        return clauses.stream().map(clause -> written(speech.sentence(clause))).collect(Collectors.joining(" "));
    }

    private static String written(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" ")).replace(" .", ".");
    }

    /// Unlabelled texts: most on topics, some about people and places. These peoples live side by side: in some texts
    /// single clauses are in another language of the family.
    public List<String> texts(String language) {
        Language spoken = language(language);
        List<String> texts = new ArrayList<>(sizes.texts());
        for (int i = 0; i < sizes.texts(); i++) {
            SeededRandom draw = SeededRandom.of(sizes.seed(), "texts/" + language, i);
            List<Clause> said = draw.chance(0.12)
                    ? List.of(ClauseGenerator.news(draw), ClauseGenerator.news(draw))
                    : ClauseGenerator.document(draw.below(ClauseGenerator.TOPICS.size()), 3 + draw.below(3), draw);
            Language other = draw.chance(MIXED) ? language(draw.from(languages())) : spoken;
            texts.add(said.stream()
                    .map(clause -> text(List.of(clause), speech(draw.chance(0.5) ? other : spoken, draw)))
                    .collect(Collectors.joining(" ")));
        }
        return List.copyOf(texts);
    }

    /// Texts of the source language and what they are in another; none for the source itself.
    public List<TextPair> pairs(String language) {
        Language spoken = language(language);
        if (language.equals(source())) return List.of();
        Language original = language(source());
        List<TextPair> pairs = new ArrayList<>(sizes.pairs());
        for (int i = 0; i < sizes.pairs(); i++) {
            SeededRandom draw = SeededRandom.of(sizes.seed(), "pairs/" + language, i);
            int topic = draw.below(ClauseGenerator.TOPICS.size());
            // One clause: what a word's translation is stays findable among so few.
            List<Clause> said =
                    List.of(draw.chance(0.12) ? ClauseGenerator.news(draw) : ClauseGenerator.topical(topic, draw));
            pairs.add(new TextPair(language, text(said, speech(original, draw)), text(said, speech(spoken, draw))));
        }
        return List.copyOf(pairs);
    }

    /// Labelled texts of the source language and what they are in another: the same texts for every language.
    public List<Translation> translations(String language) {
        Language spoken = language(language);
        if (language.equals(source())) return List.of();
        Language original = language(source());
        List<Translation> translations = new ArrayList<>(sizes.pairs());
        for (int i = 0; i < sizes.pairs(); i++) {
            SeededRandom topics = SeededRandom.of(sizes.seed(), "translations", i);
            int topic = topics.below(ClauseGenerator.TOPICS.size());
            List<Clause> said = ClauseGenerator.document(topic, 1, topics);
            SeededRandom words = SeededRandom.of(sizes.seed(), "translations/" + language, i);
            translations.add(Translation.of(
                    "translated-" + (i + 1),
                    language,
                    text(said, speech(original, SeededRandom.of(sizes.seed(), "translations/words", i))),
                    null,
                    text(said, speech(spoken, words)),
                    null,
                    ClauseGenerator.TOPICS.get(topic)));
        }
        return List.copyOf(translations);
    }

    /// Texts and pairs of some languages, as if read from files.
    public CorpusTexts corpus(Collection<String> asked, boolean withPairs) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        Map<String, List<TextPair>> pairs = new LinkedHashMap<>();
        for (String language : asked) {
            texts.put(language, texts(language));
            List<TextPair> translations = withPairs ? pairs(language) : List.of();
            if (!translations.isEmpty()) pairs.put(language, translations);
        }
        List<SourceFile> files = texts.entrySet().stream()
                .map(entry -> file("texts/" + entry.getKey(), entry.getValue()))
                .toList();
        return new CorpusTexts(texts, pairs, files);
    }

    private Language language(String code) {
        Language language = languages.get(code);
        if (language == null)
            throw new InvalidInput("Generated data has the languages %s, and no \"%s\"."
                    .formatted(String.join(", ", languages()), code));
        return language;
    }

    /// A record of generated content: there is no file, so the hash is of the examples.
    private static SourceFile file(String stream, List<?> content) {
        MessageDigest sha256 = Sha256.begin();
        long bytes = 0;
        for (Object line : content) {
            byte[] encoded = line.toString().getBytes(StandardCharsets.UTF_8);
            sha256.update(encoded);
            bytes += encoded.length;
        }
        String name = "generated/" + stream;
        return new SourceFile(name, Path.of(name), Sha256.hex(sha256.digest()), bytes);
    }
}
