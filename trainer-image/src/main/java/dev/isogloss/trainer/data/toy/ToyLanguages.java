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
/// speaker borrows a word of the source. Texts are clauses on one of five topics, shown by some of their words only,
/// and labelled topics are not equally frequent everywhere. Everything is drawn from the seed and the example's
/// number, so asking for more adds to what was there.
public final class ToyLanguages {
    private static final List<Profile> FAMILY = List.of(
            new Profile("qal", Order.SubjectVerbObject, 1, 0, 1, 0, 1, true),
            new Profile("qen", Order.SubjectVerbObject, 0.92, 0.12, 1, 0.15, 0.85, true),
            new Profile("qir", Order.SubjectObjectVerb, 0.84, 0.26, 1, 0.15, 0.65, false),
            new Profile("qos", Order.VerbSubjectObject, 0.76, 0.42, 1, 0.15, 0.4, false));
    private static final double[] PRIOR = {0.3, 0.24, 0.19, 0.15, 0.12};

    /// Share of raw texts that mix two languages.
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
        Language target = language(language);
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
                        i -> example(task, target, split + "-" + (i + 1), SeededRandom.of(sizes.seed(), stream, i)))
                .toList();
        return Split.of(language, split, examples, file(stream, examples));
    }

    private Example example(TaskType task, Language language, String id, SeededRandom random) {
        Realiser realiser = realiser(language, random);
        return switch (task) {
            case SequenceClassification -> {
                int topic = random.weighted(prior(language));
                yield new TextExample(
                        id,
                        document(topic, 1 + random.below(2), realiser, random),
                        null,
                        ClauseGenerator.TOPICS.get(topic));
            }
            case NamedEntityRecognition -> {
                List<Word> words = realiser.sentence(ClauseGenerator.news(random));
                yield new TaggedExample(
                        id,
                        words.stream().map(Word::text).toList(),
                        words.stream().map(Word::entity).toList());
            }
            case PartOfSpeechTagging -> {
                List<Word> words = realiser.sentence(ClauseGenerator.news(random));
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

    private Realiser realiser(Language language, SeededRandom random) {
        return new Realiser(language, language(source()), random);
    }

    private static String document(int topic, int count, Realiser realiser, SeededRandom random) {
        return text(ClauseGenerator.document(topic, count, random), realiser);
    }

    private static String text(List<Clause> clauses, Realiser realiser) {
        return clauses.stream()
                .map(clause -> written(realiser.sentence(clause)))
                .collect(Collectors.joining(" "));
    }

    private static String written(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" ")).replace(" .", ".");
    }

    /// Unlabelled texts: most on topics, some about people and places. These peoples live side by side: in some texts
    /// single clauses are in another language of the family.
    public List<String> texts(String language) {
        Language target = language(language);
        List<String> texts = new ArrayList<>(sizes.texts());
        for (int i = 0; i < sizes.texts(); i++) {
            SeededRandom random = SeededRandom.of(sizes.seed(), "texts/" + language, i);
            List<Clause> clauses = random.chance(0.12)
                    ? List.of(ClauseGenerator.news(random), ClauseGenerator.news(random))
                    : ClauseGenerator.document(
                            random.below(ClauseGenerator.TOPICS.size()), 3 + random.below(3), random);
            Language other = random.chance(MIXED) ? language(random.from(languages())) : target;
            texts.add(clauses.stream()
                    .map(clause -> text(List.of(clause), realiser(random.chance(0.5) ? other : target, random)))
                    .collect(Collectors.joining(" ")));
        }
        return List.copyOf(texts);
    }

    /// Texts of the source language and what they are in another; none for the source itself.
    public List<TextPair> pairs(String language) {
        Language target = language(language);
        if (language.equals(source())) return List.of();
        Language original = language(source());
        List<TextPair> pairs = new ArrayList<>(sizes.pairs());
        for (int i = 0; i < sizes.pairs(); i++) {
            SeededRandom random = SeededRandom.of(sizes.seed(), "pairs/" + language, i);
            int topic = random.below(ClauseGenerator.TOPICS.size());
            // One clause: what a word's translation is stays findable among so few.
            List<Clause> clauses = List.of(
                    random.chance(0.12) ? ClauseGenerator.news(random) : ClauseGenerator.topical(topic, random));
            pairs.add(new TextPair(
                    language, text(clauses, realiser(original, random)), text(clauses, realiser(target, random))));
        }
        return List.copyOf(pairs);
    }

    /// Labelled texts of the source language and what they are in another: the same texts for every language.
    public List<Translation> translations(String language) {
        Language target = language(language);
        if (language.equals(source())) return List.of();
        Language original = language(source());
        List<Translation> translations = new ArrayList<>(sizes.pairs());
        for (int i = 0; i < sizes.pairs(); i++) {
            SeededRandom topics = SeededRandom.of(sizes.seed(), "translations", i);
            int topic = topics.below(ClauseGenerator.TOPICS.size());
            List<Clause> clauses = ClauseGenerator.document(topic, 1, topics);
            SeededRandom words = SeededRandom.of(sizes.seed(), "translations/" + language, i);
            translations.add(Translation.of(
                    "translated-" + (i + 1),
                    language,
                    text(clauses, realiser(original, SeededRandom.of(sizes.seed(), "translations/words", i))),
                    null,
                    text(clauses, realiser(target, words)),
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
        return new CorpusTexts(texts, pairs, files, List.of());
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
