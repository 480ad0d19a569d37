package dev.isogloss.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is cut here beside what the library cuts where it is told to (DJL's `HuggingFaceTokenizer`, `LONGEST_FIRST`),
/// for every kind of file in `golden.json` and every kind of `post_processor`.
class TruncationTest {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "the",
            "the cat",
            "cats, the act.",
            "the cat @user sat <mask> the cat Ω [SEP] 😀 cat cats the act.");

    static Stream<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        try (InputStream file = TruncationTest.class.getResourceAsStream("golden.json")) {
            for (JsonNode kind : Json.PLAIN.readTree(Objects.requireNonNull(file)))
                files.add(kind.get("file").toString());
        }
        ObjectNode words = (ObjectNode) Json.PLAIN.readTree(files.getLast());
        String around = "\"sep\": [\"[SEP]\", 3], \"cls\": [\"[CLS]\", 2]";
        String roberta = "{\"type\": \"RobertaProcessing\", %s, \"trim_offsets\": true, \"add_prefix_space\": false}"
                .formatted(around);
        String byteLevel =
                "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true, \"use_regex\": true}";
        for (String processor : List.of(
                "{\"type\": \"BertProcessing\", %s}".formatted(around),
                roberta,
                byteLevel,
                "{\"type\": \"Sequence\", \"processors\": [%s, %s]}".formatted(byteLevel, words.get("post_processor")),
                "{\"type\": \"Sequence\", \"processors\": [%s]}".formatted(roberta))) {
            words.set("post_processor", Json.PLAIN.readTree(processor));
            files.add(words.toString());
        }
        return files.stream();
    }

    private static HuggingFaceTokenizer library(String json, int maxLength) {
        String most = Integer.toString(maxLength);
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                    Map.of(
                            "truncation",
                            "LONGEST_FIRST",
                            "padding",
                            "false",
                            "maxLength",
                            most,
                            "modelMaxLength",
                            most));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void texts_and_pairs_are_cut_where_the_library_cuts_them(String json) {
        for (int most : new int[] {5, 6, 7, 8, 9, 12, 20, 64})
            try (HuggingFaceTokenizer library = library(json, most);
                    Tokenizer tokenizer = Tokenizer.of(json, most)) {
                for (String first : TEXTS) {
                    assertSame(tokenizer.encode(first), library.encode(first), tokenizer);
                    for (String second : TEXTS)
                        assertSame(tokenizer.encode(first, second), library.encode(first, second), tokenizer);
                }
            }
    }

    private static void assertSame(dev.isogloss.trainer.tokenizer.Encoding ours, Encoding theirs, Tokenizer tokenizer) {
        if (theirs.getIds().length == 0) {
            assertThat(ours.ids()).endsWith(tokenizer.unkId());
            return;
        }
        assertThat(ours.ids()).isEqualTo(ints(theirs.getIds())).hasSizeLessThanOrEqualTo(tokenizer.maxLength());
        assertThat(ours.types()).isEqualTo(ints(theirs.getTypeIds()));
        assertThat(ours.wordIds()).isEqualTo(ints(theirs.getWordIds()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void pieces_keep_their_places_where_a_text_is_cut(String json) {
        String text = TEXTS.getLast();
        try (Tokenizer cutting = Tokenizer.of(json, 9);
                Tokenizer whole = Tokenizer.of(json, 200)) {
            List<LocatedText.Piece> cut = cutting.locate(text, null).pieces();

            assertThat(cut).isNotEmpty();
            assertThat(whole.locate(text, null).pieces()).startsWith(cut.toArray(LocatedText.Piece[]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void special_tokens_around_a_text_are_read_from_the_file_as_the_library_puts_them(String json) {
        try (HuggingFaceTokenizer library = library(json, 64);
                Tokenizer tokenizer = Tokenizer.onDemand(json, 64)) {
            Encoding theirs = library.encode("the");
            int[] special = IntStream.range(0, theirs.getIds().length)
                    .filter(i -> theirs.getSpecialTokenMask()[i] == 1)
                    .map(i -> (int) theirs.getIds()[i])
                    .toArray();

            int[] ours = tokenizer.wrap(new int[0], new int[0]).ids();

            assertThat(ours).isEqualTo(special);
            assertThat(tokenizer.specialsBefore()).isEqualTo((int) Arrays.stream(theirs.getSpecialTokenMask())
                    .takeWhile(mask -> mask == 1)
                    .count());
        }
    }

    /// By hand, after `truncate_encodings` of Hugging Face's tokenizers 0.21.0.
    @ParameterizedTest
    @CsvSource({
        "3, 4, 7, 3, 4", // there is room
        "9, 2, 6, 4, 2", // the longer gives
        "2, 9, 6, 2, 4",
        "9, 8, 6, 3, 3", // then both
        "9, 8, 7, 4, 3", // the odd one is the longer's
        "8, 9, 7, 3, 4",
        "8, 8, 7, 3, 4", // or the second's
        "9, 0, 4, 4, 0",
        "5, 5, 0, 0, 0"
    })
    void of_two_texts_the_longer_gives_first(int first, int second, int room, int left, int right) {
        assertThat(Truncation.lengths(first, second, room)).containsExactly(left, right);
    }

    @Test
    void a_text_is_read_whole_where_that_is_asked_for() throws IOException {
        try (Tokenizer tokenizer = Tokenizer.of(files().toList().getFirst(), 8)) {
            assertThat(tokenizer.encodeWhole("the ".repeat(50)).ids()).hasSizeGreaterThan(50);
            assertThat(tokenizer.encode("the ".repeat(50)).ids()).hasSize(8);
        }
    }

    private static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
    }
}
