package dev.isogloss.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    /// [PAD] [UNK] [CLS] [SEP] [MASK] a b c ##a ##b ##c ab; the file asks for padding and truncation of its own.
    static final String WORD_PIECE = """
            {"version": "1.0",
             "truncation": {"direction": "Right", "max_length": 3, "strategy": "LongestFirst", "stride": 0},
             "padding": {"strategy": {"Fixed": 64}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0,
                         "pad_type_id": 0, "pad_token": "[PAD]"},
             "added_tokens": [
               {"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
               {"id": 1, "content": "[UNK]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
               {"id": 2, "content": "[CLS]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
               {"id": 3, "content": "[SEP]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
               {"id": 4, "content": "[MASK]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": false},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
               "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
                        {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
               "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
             "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": false},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
               "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "a": 5, "b": 6, "c": 7, "##a": 8, "##b": 9, "##c": 10, "ab": 11}}}
            """;

    @TempDir
    Path folder;

    private final Tokenizer tokenizer = Tokenizer.of(WORD_PIECE, 8);

    @Test
    void a_text_stands_between_its_special_tokens_and_is_not_padded() {
        Encoding encoding = tokenizer.encode("abc a");

        assertThat(encoding.ids()).containsExactly(2, 11, 10, 5, 3);
        assertThat(encoding.types()).containsExactly(0, 0, 0, 0, 0);
        assertThat(encoding.wordIds()).containsExactly(-1, 0, 0, 1, -1);
    }

    @Test
    void of_a_pair_the_longer_text_gives_first() {
        Encoding encoding = tokenizer.encode("a b c a b c a b c", "a b");

        assertThat(encoding.ids()).containsExactly(2, 5, 6, 7, 3, 5, 6, 3);
        assertThat(encoding.types()).containsExactly(0, 0, 0, 0, 0, 1, 1, 1);
    }

    @Test
    void a_text_is_cut_to_its_maximum_with_special_tokens_counted() {
        assertThat(tokenizer.encode("a ".repeat(20_000)).ids()).containsExactly(2, 5, 5, 5, 5, 5, 5, 3);
        assertThat(tokenizer.encodeWords(Collections.nCopies(20_000, "a")).ids())
                .containsExactly(2, 5, 5, 5, 5, 5, 5, 3);
    }

    @Test
    void a_maximum_beyond_berts_512_is_kept() {
        try (Tokenizer wide = Tokenizer.of(WORD_PIECE, 2000)) {
            assertThat(wide.encode("a ".repeat(20_000)).ids()).hasSize(2000);
            assertThat(wide.pieces(Collections.nCopies(5000, "abc"))).hasSize(5000);
        }
    }

    @Test
    void words_that_come_to_nothing_are_unknown_words() {
        Encoding encoding = tokenizer.encodeWords(List.of("abc", " ", "", "\u0007", "a"));

        assertThat(encoding.ids()).containsExactly(2, 11, 10, 1, 1, 1, 5, 3);
        assertThat(encoding.wordIds()).containsExactly(-1, 0, 0, 1, 2, 3, 4, -1);
    }

    @Test
    void pieces_of_words_are_neither_cut_nor_wrapped() {
        assertThat(tokenizer.pieces(Collections.nCopies(30, "abc"))).hasSize(30).allSatisfy(piece -> assertThat(piece)
                .containsExactly(11, 10));
        assertThat(tokenizer.pieces(List.of())).isEmpty();
    }

    @Test
    void empty_and_broken_texts_are_encoded_all_the_same() {
        assertThat(tokenizer.encode("").ids()).containsExactly(2, 3);
        assertThat(tokenizer.encode(" \t\n").ids()).containsExactly(2, 3);
        assertThat(tokenizer.encode("a \ud800 b").ids()).startsWith(2, 5).endsWith(6, 3);
        assertThat(tokenizer.encode("a\u0000b \ud83d\ude00").ids()).containsExactly(2, 11, 1, 3);
        assertThat(tokenizer.encodeWords(List.of()).ids()).containsExactly(2, 3);
    }

    @Test
    void it_knows_its_special_tokens_and_which_pieces_continue_a_word() {
        assertThat(tokenizer.vocabularySize()).isEqualTo(12);
        assertThat(tokenizer.padId()).hasValue(0);
        assertThat(tokenizer.unkId()).isEqualTo(1);
        assertThat(tokenizer.maskId()).hasValue(4);
        assertThat(tokenizer.specialIds()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(IntStream.range(0, 12).filter(tokenizer::continuesWord)).containsExactly(8, 9, 10);
        assertThat(tokenizer.decode(new int[] {2, 11, 10, 5, 3})).isEqualTo("abc a");
        assertThat(tokenizer.json()).isEqualTo(WORD_PIECE);
    }

    @Test
    void what_is_no_tokenizer_is_refused_with_a_sentence() throws IOException {
        Path vocabulary = Files.writeString(folder.resolve("vocab.json"), "{\"a\": 1}");
        Path text = Files.writeString(folder.resolve("vocab.txt"), "a\nb\n");

        assertThatThrownBy(() -> Tokenizer.load(vocabulary, 8))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has no vocabulary");
        assertThatThrownBy(() -> Tokenizer.load(text, 8))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is not JSON");
        assertThatThrownBy(() -> Tokenizer.load(folder.resolve("tokenizer.json"), 8))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("There is no")
                .hasMessageContaining("save_pretrained");
        assertThatThrownBy(() -> Tokenizer.of(WORD_PIECE.replace("\"WordPiece\", \"unk", "\"Piece\", \"unk"), 8))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("does not open as a tokenizer");
        assertThatThrownBy(() -> Tokenizer.of(WORD_PIECE, 2))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("leaves no room");
    }

    /// The native library would end the whole process.
    @Test
    void a_template_that_names_a_token_without_saying_its_id_is_refused_before_a_text_is_read() {
        String missing = WORD_PIECE.replace("\"special_tokens\": {\"[CLS]\"", "\"special_tokens\": {\"[BOS]\"");
        String unequal = WORD_PIECE.replace("\"ids\": [3]", "\"ids\": []");
        String inside = missing.replace(
                        "\"post_processor\": {",
                        "\"post_processor\": {\"type\": \"Sequence\", \"processors\": [{\"type\": \"ByteLevel\"}, {")
                .replace("\"tokens\": [\"[SEP]\"]}}},", "\"tokens\": [\"[SEP]\"]}}}]},");

        assertThatThrownBy(() -> Tokenizer.of(missing, 8))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("The encoder's tokenizer.json puts [CLS] around texts (post_processor, single), and its"
                        + " special_tokens do not have it. Write the file again with save_pretrained.");
        assertThatThrownBy(() -> Tokenizer.of(unequal, 8))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("do not say as many ids as tokens for it");
        assertThatThrownBy(() -> Tokenizer.of(inside, 8))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("special_tokens do not have it");
    }
}
