package dev.isogloss.trainer.data.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Generated;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.data.CorpusReader;
import dev.isogloss.trainer.data.CorpusTexts;
import dev.isogloss.trainer.data.DatasetReader;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TrainTestOverlap;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.metric.Iob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToyLanguagesTest {
    private static final Generated SIZES = new Generated(300, 100, 400, 50, 1);
    private static final List<String> LANGUAGES = ToyLanguages.languages();

    @TempDir
    Path folder;

    private final ToyLanguages toys = ToyLanguages.of(SIZES);

    @Test
    void the_same_seed_says_the_same_and_another_seed_something_else() {
        ToyLanguages other = ToyLanguages.of(new Generated(300, 100, 400, 50, 2));

        for (String language : LANGUAGES) {
            assertThat(ToyLanguages.of(SIZES).texts(language)).isEqualTo(toys.texts(language));
            assertThat(other.texts(language)).isNotEqualTo(toys.texts(language));
        }
        assertThat(ToyLanguages.of(SIZES).split(TaskType.NamedEntityRecognition, "qir", "dev"))
                .isEqualTo(toys.split(TaskType.NamedEntityRecognition, "qir", "dev"));
    }

    @Test
    void the_first_sentences_are_these_for_ever() {
        // Golden: whoever changes what is generated changes what every result on it means.
        assertThat(toys.texts("qal").getFirst()).isEqualTo(GOLDEN_QAL);
        assertThat(toys.texts("qos").getFirst()).isEqualTo(GOLDEN_QOS);
    }

    private static final String GOLDEN_QAL = "dir kuwuprul trurnisrunak dir malpulmas le Kuwagos. tihernak sto pru dir "
            + "kuwuprul. wowonak dir nuriltruk. truparnak dir kisterin dir prinbaltulmas.";
    private static final String GOLDEN_QOS =
            "dir lalil tedu dir selibonmas lafen thonyuthonak le dir nuriltruk. rek dir "
                    + "dzunbelumas dumegishnak wes Miaflabun. nahifunak dir stihok dir klipralwemas wes "
                    + "Fukiath.";

    @Test
    void asking_for_more_adds_to_what_was_there() {
        ToyLanguages more = ToyLanguages.of(new Generated(600, 200, 800, 100, 1));

        assertThat(more.texts("qen")).startsWith(toys.texts("qen").toArray(String[]::new));
        assertThat(more.split(TaskType.SequenceClassification, "qen", "train").examples())
                .startsWith(toys.split(TaskType.SequenceClassification, "qen", "train")
                        .examples()
                        .toArray(Example[]::new));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void relatives_share_fewer_words_with_the_source_the_further_away_they_are(long seed) {
        ToyLanguages family = ToyLanguages.of(new Generated(300, 100, 0, 0, seed));
        Set<String> source = new HashSet<>(words(family, "qal"));
        double before = 1;
        for (String language : LANGUAGES.subList(1, 4)) {
            List<String> own = words(family, language);
            double share = (double) own.stream().filter(source::contains).count() / own.size();
            assertThat(share).isGreaterThan(0.3).isLessThan(before - 0.02);
            before = share;
        }
    }

    private static List<String> words(ToyLanguages family, String language) {
        return family.split(TaskType.SequenceClassification, language, "train").examples().stream()
                .flatMap(example ->
                        Stream.of(example.wholeText().replace(".", "").split(" ")))
                .toList();
    }

    @Test
    void every_language_has_every_topic_but_not_in_the_same_share() {
        LabelSet topics =
                LabelSet.of(null, toys.split(TaskType.SequenceClassification, ToyLanguages.source(), "train"));
        Set<String> mostFrequent = new HashSet<>();
        for (String language : LANGUAGES) {
            Map<String, Long> counts = topics.counts(toys.split(TaskType.SequenceClassification, language, "train"));
            assertThat(counts).hasSize(5).allSatisfy((topic, count) -> assertThat(count)
                    .isPositive());
            mostFrequent.add(counts.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey());
        }
        assertThat(mostFrequent).hasSizeGreaterThan(2);
    }

    @Test
    void splits_do_not_repeat_each_other() {
        for (String language : LANGUAGES) {
            Split train = toys.split(TaskType.SequenceClassification, language, "train");
            Split test = toys.split(TaskType.SequenceClassification, language, "test");

            assertThat(TrainTestOverlap.between(train, test).examples()).isZero();
        }
    }

    @Test
    void tags_are_iob2_and_every_kind_of_name_occurs() {
        for (String language : LANGUAGES) {
            Set<String> types = new HashSet<>();
            for (Example example :
                    toys.split(TaskType.NamedEntityRecognition, language, "dev").examples()) {
                TaggedExample sentence = (TaggedExample) example;
                List<String> tags = java.util.Objects.requireNonNull(sentence.tags());
                assertThat(Iob.toIob2(tags)).isEqualTo(tags);
                Iob.spans(tags).forEach(span -> types.add(span.type()));
            }
            assertThat(types).containsExactlyInAnyOrder("PER", "LOC", "ORG");
        }
    }

    @Test
    void clauses_come_in_each_languages_own_order() {
        assertThat(position("qal", "VERB")).isBetween(0.2, 0.6);
        assertThat(position("qir", "VERB")).isGreaterThan(position("qal", "VERB"));
        assertThat(position("qos", "VERB")).isLessThan(0.1);
    }

    /// Where a part of speech stands on average, 0 the first word and 1 the last.
    private double position(String language, String part) {
        return toys.split(TaskType.PartOfSpeechTagging, language, "dev").examples().stream()
                .map(TaggedExample.class::cast)
                .mapToDouble(sentence -> {
                    List<String> tags = java.util.Objects.requireNonNull(sentence.tags());
                    return (double) tags.indexOf(part) / (tags.size() - 1);
                })
                .average()
                .orElseThrow();
    }

    @Test
    void translations_say_the_same_with_the_same_numbers() {
        assertThat(toys.pairs("qal")).isEmpty();
        assertThat(toys.pairs("qos")).hasSize(50).allSatisfy(pair -> assertThat(
                        pair.target().replaceAll("\\D+", " ").strip().split(" "))
                .containsExactlyInAnyOrder(
                        pair.source().replaceAll("\\D+", " ").strip().split(" ")));
    }

    @Test
    void written_to_a_folder_it_is_read_back_as_it_was() throws IOException {
        ToyFolder.write(toys, folder);
        var classification = new DatasetIdentity("toy", "1", DataFormat.JsonLines, null, Map.of(), null);
        var entities = new DatasetIdentity("toy", "1", DataFormat.WikiAnn, null, Map.of(), null);

        Split texts = DatasetReader.read(
                classification,
                InputFile.anywhere(folder.resolve("qir/test.jsonl")),
                "qir",
                "test",
                TaskType.SequenceClassification);
        Split sentences = DatasetReader.read(
                entities,
                InputFile.anywhere(folder.resolve("ner/qos/dev.tsv")),
                "qos",
                "dev",
                TaskType.NamedEntityRecognition);
        CorpusTexts corpus = new CorpusReader(ClaimFolders.withLinks(Map.of("toy", folder)))
                .read(
                        new Location(null, "toy", "text/{language}.txt", null),
                        new Location(null, "toy", "{language}/pairs.jsonl", null),
                        LANGUAGES);

        assertThat(texts.examples())
                .isEqualTo(toys.split(TaskType.SequenceClassification, "qir", "test")
                        .examples());
        assertThat(sentences.examples())
                .extracting(Example::wholeText)
                .isEqualTo(toys.split(TaskType.NamedEntityRecognition, "qos", "dev").examples().stream()
                        .map(Example::wholeText)
                        .toList());
        assertThat(corpus.texts()).isEqualTo(toys.corpus(LANGUAGES, true).texts());
        assertThat(corpus.pairs()).isEqualTo(toys.corpus(LANGUAGES, true).pairs());
    }

    @Test
    void what_is_not_generated_is_refused() {
        assertThatThrownBy(() -> toys.split(TaskType.DependencyParsing, "qal", "train"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("No data is generated for the task DependencyParsing");
        assertThatThrownBy(() -> toys.split(TaskType.SequenceClassification, "en", "train"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("languages qal, qen, qir, qos, and no \"en\"");
        assertThatThrownBy(() -> toys.split(TaskType.SequenceClassification, "qal", "validation"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no \"validation\"");
    }
}
