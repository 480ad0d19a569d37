package dev.isogloss.trainer.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import dev.isogloss.trainer.tokenizer.UnigramTrainer;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The words of examples, with tokenizers of both sorts.
class ReadWordTest {
    private static final List<String> TEXTS =
            List.of("The energy is good, the pair too.", "electricity couple well-known pairing", "价格很好 energy");

    static List<String> tokenizers() {
        return List.of(
                WordPieceTrainer.train(TEXTS, 70, true, _ -> {}), UnigramTrainer.train(TEXTS, 70, false, _ -> {}));
    }

    private static List<ReadWord> read(String tokenizer, int maxLength, String text, String second) {
        try (Tokenizer opened = Tokenizer.of(tokenizer, maxLength)) {
            return ReadWord.of(new TextExample("1", text, second, null), opened);
        }
    }

    private static List<String> texts(List<ReadWord> words) {
        return words.stream().map(word -> word.number() + " " + word.text()).toList();
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void words_of_a_text_stand_between_blanks_as_they_are_written(String tokenizer) {
        assertThat(texts(read(tokenizer, 64, "The energy is  good, too.", null)))
                .containsExactly("0 The", "1 energy", "2 is", "4 good,", "5 too.");
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void the_second_text_of_a_pair_counts_on(String tokenizer) {
        List<ReadWord> words = read(tokenizer, 64, "The energy", "good pair");

        assertThat(texts(words)).containsExactly("0 The", "1 energy", "2 good", "3 pair");
        assertThat(texts(read(tokenizer, 64, "", "good pair"))).containsExactly("1 good", "2 pair");
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void the_tokens_of_words_are_all_that_stand_for_a_part_of_the_text(String tokenizer) {
        List<ReadWord> words = read(tokenizer, 64, "The energy pairing", "well-known");
        int length = words.getFirst().stretch().text().length();

        assertThat(words.stream()
                        .flatMapToInt(word -> IntStream.range(
                                word.stretch().from(), word.stretch().to()))
                        .boxed()
                        .toList())
                .isEqualTo(IntStream.range(1, length - 1)
                        .filter(token -> stands(tokenizer, words, token))
                        .boxed()
                        .toList());
    }

    /// A token that is neither special nor the mark of a word's beginning alone.
    private static boolean stands(String tokenizer, List<ReadWord> words, int token) {
        int id = words.getFirst().stretch().text().ids()[token];
        try (Tokenizer opened = Tokenizer.of(tokenizer, 64)) {
            return !opened.specialIds().contains(id) && !opened.text(id).isBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void a_word_that_is_cut_off_is_not_read_and_one_that_is_cut_in_two_is_shown_whole(String tokenizer) {
        assertThat(texts(read(tokenizer, 6, "is electricity is", null))).endsWith("1 electricity");
        List<ReadWord> words = read(tokenizer, 6, "is is is is is is is is is is", null);

        assertThat(words).hasSizeLessThan(10).isNotEmpty();
        assertThat(words.getLast().stretch().to()).isLessThan(6);
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void characters_beyond_sixteen_bits_shift_nothing(String tokenizer) {
        assertThat(texts(read(tokenizer, 64, "\uD83D\uDE00\uD83D\uDE00 energy \uD83D\uDE00 good", null)))
                .endsWith("1 energy", "2 \uD83D\uDE00", "3 good");
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void in_a_script_without_spaces_a_piece_is_a_word(String tokenizer) {
        List<ReadWord> words = read(tokenizer, 64, "价格很好", null);

        assertThat(words).hasSizeGreaterThan(1);
        assertThat(words.stream().map(ReadWord::text).collect(Collectors.joining()))
                .isEqualTo("价格很好");
        assertThat(words).extracting(ReadWord::number).isSorted();
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void a_tagged_sentence_has_its_own_words(String tokenizer) {
        try (Tokenizer opened = Tokenizer.of(tokenizer, 64)) {
            List<ReadWord> words =
                    ReadWord.of(new TaggedExample("1", List.of("well-known", "New York", "pair"), null), opened);

            assertThat(texts(words)).containsExactly("0 well-known", "1 New York", "2 pair");
            assertThat(words.get(1).stretch().from())
                    .isEqualTo(words.get(0).stretch().to());
        }
    }

    @Test
    void of_pieces_the_first_and_the_last_are_those_of_the_word() {
        String tokenizer = tokenizers().getFirst();
        ReadWord word = read(tokenizer, 64, "is electricity is", null).get(1);

        try (Tokenizer opened = Tokenizer.of(tokenizer, 64)) {
            int[] ids = word.stretch().text().ids();
            assertThat(opened.decode(Arrays.copyOfRange(
                            ids, word.stretch().from(), word.stretch().to())))
                    .isEqualTo("electricity");
        }
    }
}
