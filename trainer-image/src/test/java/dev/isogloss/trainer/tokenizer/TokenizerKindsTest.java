package dev.isogloss.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The kinds of `tokenizer.json` that people bring. Ids are those of Python's `tokenizers`: `tokenizer_golden.py` wrote
/// the file `golden.json`.
class TokenizerKindsTest {
    private static final List<JsonNode> GOLDEN = golden();

    private static List<JsonNode> golden() {
        try (InputStream file = TokenizerKindsTest.class.getResourceAsStream("golden.json")) {
            return StreamSupport.stream(
                            Json.PLAIN.readTree(Objects.requireNonNull(file)).spliterator(), false)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode file(String kind) {
        return GOLDEN.stream()
                .filter(each -> each.get("kind").asText().equals(kind))
                .map(each -> (ObjectNode) each.get("file").deepCopy())
                .findFirst()
                .orElseThrow();
    }

    private static Tokenizer tokenizer(String kind, Consumer<ObjectNode> change) {
        ObjectNode file = file(kind);
        change.accept(file);
        return Tokenizer.of(file.toString(), 64);
    }

    private static ObjectNode model(ObjectNode file) {
        return (ObjectNode) file.get("model");
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
    }

    @Test
    void texts_have_pythons_ids() {
        for (JsonNode kind : GOLDEN)
            try (Tokenizer tokenizer = Tokenizer.of(kind.get("file").toString(), 64)) {
                for (JsonNode each : kind.get("texts"))
                    assertThat(tokenizer.encode(each.get("text").asText()).ids())
                            .as("%s: %s", kind.get("kind"), each.get("text"))
                            .isEqualTo(ints(each.get("ids")));
            }
    }

    @Test
    void split_words_have_the_ids_that_python_gives_them_with_a_space_before() {
        for (JsonNode kind : GOLDEN)
            try (Tokenizer tokenizer = Tokenizer.of(kind.get("file").toString(), 64)) {
                for (JsonNode each : kind.get("words")) {
                    List<String> words = new ArrayList<>();
                    each.get("words").forEach(word -> words.add(word.asText()));
                    assertThat(tokenizer.encodeWords(words).ids())
                            .as("%s: %s", kind.get("kind"), words)
                            .isEqualTo(ints(each.get("ids")));
                }
            }
    }

    @Test
    void a_byte_level_vocabulary_without_a_space_before_reads_split_words_as_one_with_it() {
        List<String> words = List.of("the", "cat", "", " ", "sat");
        try (Tokenizer without = tokenizer("byte level", _ -> {});
                Tokenizer with = tokenizer("byte level with a space before", _ -> {})) {
            assertThat(without.encodeWords(words)).usingRecursiveComparison().isEqualTo(with.encodeWords(words));
            assertThat(without.putsSpaceBeforeWords()).isTrue();
            assertThat(with.putsSpaceBeforeWords()).isFalse();
        }
    }

    @Test
    void pieces_show_where_words_begin_in_each_way_there_is() {
        try (Tokenizer bytes = tokenizer("byte level", _ -> {});
                Tokenizer space = tokenizer("metaspace, always", _ -> {});
                Tokenizer inside = tokenizer("word piece", _ -> {});
                Tokenizer none = tokenizer(
                        "byte level", file -> file.putObject("pre_tokenizer").put("type", "Whitespace"))) {
            assertThat(continuing(bytes)).containsExactly("t", "h", "e", "c", "a", "s", ".", ",", "th", "the", "ca");
            assertThat(continuing(space)).containsExactly("t", "h", "e", "c", "a", "s", "the", "ca");
            assertThat(continuing(inside)).containsExactly("##t", "##s", "##a");
            assertThat(none.tellsWords()).isFalse();
            assertThat(List.of(bytes, space, inside)).allMatch(Tokenizer::tellsWords);
        }
    }

    private static List<String> continuing(Tokenizer tokenizer) {
        return IntStream.range(0, tokenizer.vocabularySize())
                .filter(tokenizer::continuesWord)
                .mapToObj(tokenizer::token)
                .toList();
    }

    @Test
    void a_unigram_file_that_names_no_unknown_piece_reads_unknown_characters_as_unk_and_says_so() {
        for (Consumer<ObjectNode> change : List.<Consumer<ObjectNode>>of(
                file -> model(file).putNull("unk_id"), file -> model(file).remove("unk_id"), file -> model(file)
                        .put("unk_id", 99)))
            try (Tokenizer tokenizer = tokenizer("metaspace, always", change)) {
                assertThat(tokenizer.encode("the Ω").ids()).contains(3);
                assertThat(tokenizer.unkId()).isEqualTo(3);
                assertThat(tokenizer.notes()).singleElement().asString().contains("model.unk_id", "<unk>, id 3");
            }
    }

    @Test
    void a_unigram_file_without_any_unknown_piece_is_refused_when_it_is_opened() {
        assertThatThrownBy(() -> tokenizer("metaspace, always", file -> {
                    model(file).putNull("unk_id");
                    ((ArrayNode) model(file).get("vocab").get(3)).set(0, "▁x");
                    ((ArrayNode) file.get("added_tokens")).remove(3);
                }))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("model.unk_id")
                .hasMessageContaining("Write the id of the unknown piece");
    }

    @Test
    void an_unknown_token_that_is_no_piece_is_replaced_by_the_usual_one_or_refused() {
        try (Tokenizer tokenizer = tokenizer("word piece", file -> model(file).put("unk_token", "<UNK>"))) {
            assertThat(tokenizer.encode("Ω").ids()).containsExactly(2, 1, 3);
            assertThat(tokenizer.notes()).singleElement().asString().contains("model.unk_token", "[UNK], id 1");
        }
        assertThatThrownBy(() -> tokenizer("word piece", file -> {
                    ((ObjectNode) model(file).get("vocab")).remove("[UNK]");
                    ((ArrayNode) file.get("added_tokens")).remove(1);
                }))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("model.unk_token is \"[UNK]\"");
    }

    @Test
    void without_a_post_processor_an_empty_text_is_the_unknown_token() {
        try (Tokenizer tokenizer = tokenizer("word piece without post-processor", _ -> {})) {
            assertThat(tokenizer.beginsWithSpecial()).isFalse();
            assertThat(tokenizer.encode("").ids()).containsExactly(1);
            assertThat(tokenizer.encode(" \t").ids()).containsExactly(1);
            assertThat(tokenizer.encode("", " ").ids()).containsExactly(1);
            assertThat(tokenizer.encode("the", "cat").ids()).containsExactly(5, 6, 7);
            assertThat(tokenizer.encodeWords(List.of("the", "")).ids()).containsExactly(5, 1);
        }
    }

    @Test
    void an_added_token_beyond_a_gap_has_pythons_id_and_a_note() {
        try (Tokenizer tokenizer = tokenizer("added token beyond a gap", _ -> {})) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(14);
            assertThat(tokenizer.specialIds()).contains(13);
            assertThat(tokenizer.notes()).singleElement().asString().contains("@user has the id 20", "read as 13");
        }
    }

    @Test
    void ids_that_are_no_numbers_or_collide_are_refused() {
        assertThatThrownBy(
                        () -> tokenizer("word piece", file -> vocabulary(file).put("the", -1)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("gives the piece the the id -1");
        assertThatThrownBy(
                        () -> tokenizer("word piece", file -> vocabulary(file).put("the", "five")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the id \"five\"");
        assertThatThrownBy(() -> tokenizer(
                        "added token beyond a gap", file -> vocabulary(file).put(".", 13)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("ids with gaps");
    }

    private static ObjectNode vocabulary(ObjectNode file) {
        return (ObjectNode) model(file).get("vocab");
    }

    @Test
    void padding_is_known_by_its_usual_names_by_what_it_is_called_or_not_at_all() {
        assertThat(padding("[PAD]")).hasValue(0);
        assertThat(padding("<PAD>")).hasValue(0);
        assertThat(padding("<|padding|>")).hasValue(0);
        assertThat(padding("[LEER]")).isEmpty();
    }

    private static java.util.OptionalInt padding(String name) {
        try (Tokenizer tokenizer = Tokenizer.of(file("word piece").toString().replace("[PAD]", name), 8)) {
            assertThat(tokenizer.encode("the").ids()).containsExactly(2, 5, 3);
            return tokenizer.padId();
        }
    }

    @Test
    void a_byte_order_mark_is_passed_over() {
        try (Tokenizer tokenizer = Tokenizer.of("\uFEFF" + file("word piece"), 8)) {
            assertThat(tokenizer.encode("the").ids()).containsExactly(2, 5, 3);
            assertThat(tokenizer.json()).startsWith("{");
        }
    }

    @Test
    void words_that_are_unknown_for_their_length_alone_are_counted() {
        String line = "ฉันรักเธอ".repeat(20);
        try (Tokenizer pieces = tokenizer("word piece", _ -> {});
                Tokenizer unigram = tokenizer("metaspace, always", _ -> {})) {
            assertThat(pieces.encode(line).ids()).containsExactly(2, 1, 3);
            assertThat(pieces.longWords(line + " the " + line)).isEqualTo(2);
            assertThat(pieces.longWords("a".repeat(100))).isZero();
            assertThat(pieces.longWords("a".repeat(101))).isEqualTo(1);
            assertThat(pieces.longWords("word ".repeat(50))).isZero();
            assertThat(pieces.longWords("中".repeat(500))).isZero();
            assertThat(unigram.longWords(line)).isZero();
        }
    }
}
