package dev.isogloss.trainer.data;

import static dev.isogloss.api.data.DataFormat.*;
import static dev.isogloss.api.task.TaskType.*;
import static dev.isogloss.trainer.data.WrittenFiles.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.task.TaskType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values of JSON where another type is needed, and lines that are no JSON, in every reader of JSON lines.
class WrongTypesTest {
    @TempDir
    Path folder;

    static Stream<Arguments> labelled() {
        return Stream.of(
                arguments(
                        JsonLines, NamedEntityRecognition, "{'text': ['Ada', null], 'label': ['O', 'O']}", "element 2"),
                arguments(
                        JsonLines, NamedEntityRecognition, "{'text': ['Ada', ['x']], 'label': ['O', 'O']}", "an array"),
                arguments(JsonLines, NamedEntityRecognition, "{'text': [{'w': 'x'}], 'label': ['O']}", "an object"),
                arguments(JsonLines, NamedEntityRecognition, "{'text': [true], 'label': ['O']}", "true or false"),
                arguments(JsonLines, NamedEntityRecognition, "{'text': null, 'label': ['O']}", "null"),
                arguments(JsonLines, NamedEntityRecognition, "{'text': 'Ada', 'label': ['O']}", "a string"),
                arguments(JsonLines, PartOfSpeechTagging, "{'text': ['Ada'], 'label': [null]}", "element 1"),
                arguments(JsonLines, PartOfSpeechTagging, "{'text': ['Ada'], 'label': [['X']]}", "an array"),
                arguments(JsonLines, PartOfSpeechTagging, "{'text': ['Ada'], 'label': 'X'}", "a string"),
                arguments(JsonLines, SequenceClassification, "{'text': ['Ada'], 'label': 'X'}", "an array"),
                arguments(JsonLines, SequenceClassification, "{'text': 'Ada', 'label': ['X']}", "an array"),
                arguments(JsonLines, SequenceClassification, "{'text': 'Ada', 'id': {}, 'label': 'X'}", "an object"),
                arguments(
                        JsonLines, SequencePairClassification, "{'text': 'a', 'text2': {}, 'label': 'X'}", "an object"),
                arguments(Marc, SequenceClassification, "{'review_body': {}, 'stars': 1}", "an object"),
                arguments(Marc, SequenceClassification, "{'review_body': 'x', 'stars': [1]}", "an array"),
                arguments(
                        Marc,
                        SequenceClassification,
                        "{'review_body': 'x', 'stars': 1, 'language': ['en']}",
                        "an array"),
                arguments(
                        Marc, SequenceClassification, "{'review_body': 'x', 'stars': 1, 'review_id': []}", "an array"));
    }

    @ParameterizedTest
    @MethodSource("labelled")
    void a_value_of_another_type_is_no_word_tag_or_text(DataFormat format, TaskType task, String line, String what) {
        Path file = file(folder, "a.jsonl", line.replace('\'', '"'));

        assertThatThrownBy(() -> read(file, format, task))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(file + ", line 1: ")
                .hasMessageContaining(what);
    }

    @Test
    void a_text_that_is_null_is_an_empty_one_and_counted() {
        for (var set : Map.of(JsonLines, "{\"text\": null}", Marc, "{\"review_body\": null}")
                .entrySet()) {
            Split split = read(file(folder, "a.jsonl", set.getValue()), set.getKey(), SequenceClassification);

            assertThat(split.examples()).containsExactly(new TextExample("1", "", null, null));
            assertThat(split.notes()).containsExactly("1 × empty text (first on line 1)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[\"a\"]", "{\"de\": \"a\"}"})
    void corpora_and_translations_hold_texts(String value) {
        file(folder, "en.txt", "a text\n");
        file(folder, "bad/en.jsonl", "{\"text\": \"a\"}\n{\"text\": " + value + "}\n");
        file(folder, "pairs/en.jsonl", "{\"source\": \"a\", \"target\": " + value + "}\n");
        Location texts = new Location(null, "c", "{language}.txt", null);
        Location bad = new Location(null, "c", "bad/{language}.jsonl", null);
        Location pairs = new Location(null, "c", "pairs/{language}.jsonl", null);
        CorpusReader corpora = new CorpusReader(ClaimFolders.withLinks(Map.of("c", folder)));

        assertThatThrownBy(() -> corpora.read(bad, null, List.of("en")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("en.jsonl, line 2: the field \"text\" holds");
        assertThatThrownBy(() -> corpora.read(texts, pairs, List.of("en")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("en.jsonl, line 1: the field \"target\" holds");
        assertThatThrownBy(() -> TranslationReader.read(
                        pairs, List.of("en"), false, ClaimFolders.withLinks(Map.of("c", folder))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("en.jsonl, line 1: the field \"target\" holds");
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments("{\"text\": \"a\", \"label\": \"x\", \"label\": \"y\"}", "the field \"label\" occurs twice"),
                arguments("{\"text\": \"a\", \"label\": NaN}", "NaN is no value of JSON. Write null"),
                arguments("{\"text\": \"a\", \"label\": -Infinity}", "-Infinity is no value of JSON"),
                arguments(
                        "{\"text\": \"a\"}{\"text\": \"b\"}", "something follows the object. Write one object a line"),
                arguments("{\"text\": \"a\"", "it ends too early. Write one object a line"),
                arguments("[", "if the file is an array over several lines, convert it: jq -c '.[]'"),
                arguments("{", "if the object is spread over several lines, convert it: jq -c ."),
                arguments("{'text': 'a'}", "it is written as Python prints it"),
                arguments("{\"text\": None}", "it is written as Python prints it"),
                arguments("{\"text\": " + "[".repeat(1100), "nesting depth"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void what_is_no_json_is_said_in_words_of_the_file_and_not_of_a_parser(String line, String message) {
        Path file = file(folder, "a.jsonl", "{\"text\": \"a\", \"label\": \"x\"}\n" + line + "\n");

        assertThatThrownBy(() -> read(file, JsonLines, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(file + ":2:")
                .hasMessageContaining(message)
                .message()
                .doesNotContainIgnoringCase("enable")
                .doesNotContain("Feature", "`", "JsonNode", "StreamRead");
    }

    @Test
    void what_is_left_out_of_a_corpus_is_counted() {
        file(folder, "en.jsonl", "{\"text\": \"\"}\n{\"text\": \"a\"}\n{\"text\": \" \"}\n");
        file(folder, "pairs/en.tsv", "a\tb\tweb\n\tb\tweb\n");
        Location pairs = new Location(null, "c", "pairs/{language}.tsv", null);

        CorpusTexts corpus = new CorpusReader(ClaimFolders.withLinks(Map.of("c", folder)))
                .read(new Location(null, "c", "{language}.jsonl", null), pairs, List.of("en"));

        assertThat(corpus.texts()).isEqualTo(Map.of("en", List.of("a")));
        assertThat(corpus.notes())
                .containsExactly(
                        "en.jsonl: 2 × empty text, left out (first on line 1)",
                        "pairs/en.tsv: the first two of 3 columns are read, a text and its translation",
                        "pairs/en.tsv: 1 × pair with an empty text on one side, left out (first on line 2)");
        assertThat(TranslationReader.read(pairs, List.of("en"), false, ClaimFolders.withLinks(Map.of("c", folder)))
                        .notes())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb\nc\td\te\n", "a\tb\nc\n"})
    void translations_have_as_many_columns_on_each_line(String content) {
        file(folder, "en.tsv", content);
        Location pairs = new Location(null, "c", "{language}.tsv", null);

        assertThatThrownBy(() -> TranslationReader.read(
                        pairs, List.of("en"), false, ClaimFolders.withLinks(Map.of("c", folder))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("en.tsv, line 2 has ");
    }

    @Test
    void a_header_is_no_translation() {
        file(folder, "en.tsv", "source\ttarget\na\tb\n");
        Location pairs = new Location(null, "c", "{language}.tsv", null);

        assertThatThrownBy(() -> TranslationReader.read(
                        pairs, List.of("en"), false, ClaimFolders.withLinks(Map.of("c", folder))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 is a header [source, target]");
    }
}
