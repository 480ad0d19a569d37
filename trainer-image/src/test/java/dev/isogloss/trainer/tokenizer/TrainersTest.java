package dev.isogloss.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainersTest {
    private static final List<String> TEXTS = SampleTexts.mixed(400);

    @Test
    void a_word_piece_vocabulary_holds_what_bert_expects() {
        try (Tokenizer tokenizer = Tokenizer.of(WordPieceTrainer.train(TEXTS, 300, false, _ -> {}), 64)) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(300);
            assertThat(IntStream.range(0, 5).mapToObj(tokenizer::token))
                    .containsExactly("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
            assertThat(tokenizer.maskId()).hasValue(4);
            assertThat(tokenizer.encode(TEXTS.getFirst(), "x").types()).contains(0, 1);
        }
    }

    @Test
    void a_unigram_vocabulary_holds_what_xlm_r_expects() {
        try (Tokenizer tokenizer = Tokenizer.of(UnigramTrainer.train(TEXTS, 300, false, _ -> {}), 64)) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(300);
            assertThat(IntStream.range(0, 4).mapToObj(tokenizer::token))
                    .containsExactly("<s>", "<pad>", "</s>", "<unk>");
            assertThat(tokenizer.token(299)).isEqualTo("<mask>");
            assertThat(tokenizer.padId()).hasValue(1);
            assertThat(tokenizer.unkId()).isEqualTo(3);
            assertThat(tokenizer.encode("a", "a").types()).containsOnly(0);
            assertThat(tokenizer.encode("a", "a").ids()).startsWith(0).endsWith(2);
        }
    }

    @Test
    void what_was_learnt_from_is_encoded_without_unknowns_and_comes_back() {
        for (String json : List.of(
                WordPieceTrainer.train(TEXTS, 400, false, _ -> {}), UnigramTrainer.train(TEXTS, 400, false, _ -> {})))
            try (Tokenizer tokenizer = Tokenizer.of(json, 512)) {
                for (String text : TEXTS) {
                    int[] ids = tokenizer.encode(text).ids();
                    assertThat(ids).doesNotContain(tokenizer.unkId());
                    assertThat(tokenizer.decode(ids).replace(" ", "")).isEqualTo(text.replace(" ", ""));
                }
            }
    }

    @Test
    void neither_trainer_cares_in_which_order_texts_come() {
        List<String> shuffled = new ArrayList<>(TEXTS);
        Collections.shuffle(shuffled, new Random(3));

        assertThat(WordPieceTrainer.train(shuffled, 300, false, _ -> {}))
                .isEqualTo(WordPieceTrainer.train(TEXTS, 300, false, _ -> {}));
        assertThat(UnigramTrainer.train(shuffled, 300, false, _ -> {}))
                .isEqualTo(UnigramTrainer.train(TEXTS, 300, false, _ -> {}));
    }

    @Test
    void the_first_merge_is_the_most_frequent_pair() {
        // "hug" 5, "pug" 3, "hum" 2: u+g stands together 8 times, more than any other pair.
        String json = WordPieceTrainer.train(List.of("hug hug hug hug hug pug pug pug hum hum"), 30, false, _ -> {});
        try (Tokenizer tokenizer = Tokenizer.of(json, 16)) {
            assertThat(tokenizer.token(13)).isEqualTo("##ug");
        }
    }

    @Test
    void pieces_that_pay_for_themselves_outlive_the_rest() {
        List<String> texts = Collections.nCopies(50, "lowering lower low slowing slower slow");
        try (Tokenizer tokenizer = Tokenizer.of(UnigramTrainer.train(texts, 5 + 9 + 6, false, _ -> {}), 16)) {
            assertThat(IntStream.range(0, tokenizer.vocabularySize()).mapToObj(tokenizer::token))
                    .anyMatch(piece -> piece.contains("low"));
        }
    }

    @Test
    void a_tiny_corpus_gives_a_smaller_vocabulary_and_says_so() {
        List<String> notes = new ArrayList<>();

        try (Tokenizer words = Tokenizer.of(
                        WordPieceTrainer.train(List.of("to be or not to be"), 1000, false, notes::add), 9);
                Tokenizer pieces =
                        Tokenizer.of(UnigramTrainer.train(List.of("to be or not to be"), 1000, false, notes::add), 9)) {
            assertThat(words.vocabularySize()).isLessThan(30);
            assertThat(pieces.vocabularySize()).isLessThan(30);
            assertThat(words.encode("to be").ids()).hasSize(4);
        }
        assertThat(notes).hasSize(2).allSatisfy(note -> assertThat(note).contains("1,000 were asked for"));
    }

    @Test
    void halves_of_surrogate_pairs_are_no_letters() {
        List<String> texts = Collections.nCopies(20, "low \ud83d lower \ude00 slow");
        for (String json : List.of(
                WordPieceTrainer.train(texts, 60, false, _ -> {}), UnigramTrainer.train(texts, 60, false, _ -> {}))) {
            assertThat(json.chars().filter(c -> Character.isSurrogate((char) c)).count())
                    .isZero();
            try (Tokenizer tokenizer = Tokenizer.of(json, 16)) {
                assertThat(tokenizer.encode("low \ud83d").ids()).isNotEmpty();
            }
        }
    }

    @Test
    void words_too_long_for_word_piece_are_counted_and_a_corpus_of_nothing_else_is_sent_to_unigram() {
        List<String> notes = new ArrayList<>();
        String line = "ก".repeat(101);

        WordPieceTrainer.train(List.of("low low " + line, line), 60, false, notes::add);

        assertThat(notes).anySatisfy(note -> assertThat(note).contains("2 words", "100 characters", "Unigram"));
        assertThatThrownBy(() -> WordPieceTrainer.train(List.of(line), 60, false, _ -> {}))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Set encoder.fromPretraining.tokenizer.type to Unigram");
    }

    @Test
    void no_text_at_all_is_refused() {
        assertThatThrownBy(() -> WordPieceTrainer.train(List.of(" ", ""), 100, false, _ -> {}))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("hold no word");
        assertThatThrownBy(() -> UnigramTrainer.train(List.of(" ", ""), 100, false, _ -> {}))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("hold no word");
    }

    @Test
    void a_vocabulary_smaller_than_the_alphabet_keeps_the_frequent_characters() {
        String text = IntStream.range(0x4e00, 0x4e00 + 500)
                        .mapToObj(Character::toString)
                        .reduce("", String::concat)
                + "的".repeat(50);
        try (Tokenizer words = Tokenizer.of(WordPieceTrainer.train(List.of(text), 60, false, _ -> {}), 900);
                Tokenizer pieces = Tokenizer.of(UnigramTrainer.train(List.of(text), 60, false, _ -> {}), 900)) {
            assertThat(words.vocabularySize()).isLessThanOrEqualTo(60);
            assertThat(pieces.vocabularySize()).isLessThanOrEqualTo(60);
            assertThat(words.encode("的").ids()).doesNotContain(words.unkId());
            assertThat(pieces.encode("的").ids()).doesNotContain(pieces.unkId());
        }
    }

    @Test
    void a_line_without_spaces_as_long_as_a_book_is_learnt_from() {
        String line = "日本語の文書には空白がない。".repeat(20_000);

        try (Tokenizer pieces = Tokenizer.of(UnigramTrainer.train(List.of(line), 100, false, _ -> {}), 64);
                Tokenizer words = Tokenizer.of(WordPieceTrainer.train(List.of(line), 100, false, _ -> {}), 64)) {
            assertThat(pieces.encode("日本語").ids().length).isLessThanOrEqualTo(5);
            assertThat(words.encode("日本語").ids()).hasSize(5);
        }
    }

    @Test
    void lower_case_and_accents_are_put_aside_if_asked() {
        List<String> texts = Collections.nCopies(4, "Élan ÉLAN élan");

        try (Tokenizer words = Tokenizer.of(WordPieceTrainer.train(texts, 60, true, _ -> {}), 9);
                Tokenizer pieces = Tokenizer.of(UnigramTrainer.train(texts, 60, true, _ -> {}), 9)) {
            assertThat(words.encode("ÉLAN").ids())
                    .isEqualTo(words.encode("elan").ids())
                    .hasSize(3);
            assertThat(pieces.encode("ÉLAN").ids())
                    .isEqualTo(pieces.encode("élan").ids());
        }
    }

    @Test
    void digamma_is_digamma() {
        // Abramowitz & Stegun, 6.3.2 and 6.3.3: ψ(1) = −γ, ψ(1/2) = −γ − 2 ln 2
        assertThat(UnigramTrainer.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-9));
        assertThat(UnigramTrainer.digamma(0.5)).isCloseTo(-1.9635100260214235, within(1e-9));
        assertThat(UnigramTrainer.digamma(100)).isCloseTo(4.600161852738087, within(1e-9));
    }
}
