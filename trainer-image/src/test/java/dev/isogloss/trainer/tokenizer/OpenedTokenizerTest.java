package dev.isogloss.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How often the library opens a file, which for 250,000 pieces takes a second each time.
class OpenedTokenizerTest {

    /// A file that no other test has opened.
    private static String file(String name) {
        return TokenizerTest.WORD_PIECE.replace("\"ab\": 11", "\"ab\": 11, \"%s\": 12".formatted(name));
    }

    @Test
    void one_opening_serves_texts_pairs_and_words_of_all_lengths_and_all_that_come_after() {
        String json = file("first");

        long opened = Openings.of(() -> {
            for (int maxLength : new int[] {8, 16, 16})
                try (Tokenizer tokenizer = Tokenizer.of(json, maxLength);
                        Tokenizer other = Tokenizer.onDemand(new String(json.toCharArray()), 5)) {
                    tokenizer.encode("a b c");
                    tokenizer.encode("a", "b");
                    tokenizer.encodeWhole("a b c");
                    tokenizer.locate("a b c", null);
                    tokenizer.encodeWords(List.of("a", "b"));
                    assertThat(other.encode("a b c a").ids()).hasSize(5);
                }
        });

        assertThat(opened).isEqualTo(1);
    }

    @Test
    void what_stands_in_the_file_is_known_without_opening_it() {
        long opened = Openings.of(() -> {
            try (Tokenizer tokenizer = Tokenizer.onDemand(file("second"), 8)) {
                assertThat(tokenizer.vocabularySize()).isEqualTo(13);
                assertThat(tokenizer.token(12)).isEqualTo("second");
                assertThat(tokenizer.specialIds()).hasSize(5);
                assertThat(tokenizer.padId()).hasValue(0);
                assertThat(tokenizer.unkId()).isEqualTo(1);
                assertThat(tokenizer.beginsWithSpecial()).isTrue();
                assertThat(tokenizer.continuesWord(8)).isTrue();
                assertThat(tokenizer.longWords("a".repeat(101))).isEqualTo(1);
                assertThat(tokenizer.sha256()).hasSize(64);
                assertThat(tokenizer.wrap(new int[] {5}, new int[] {0}).ids()).containsExactly(2, 5, 3);
            }
        });

        assertThat(opened).isZero();
    }

    @Test
    void the_last_one_gives_way_to_another_or_when_it_is_to_be_forgotten() {
        String third = file("third");
        String fourth = file("fourth");

        assertThat(Openings.of(() -> {
                    for (String json : List.of(third, fourth, third, third))
                        Tokenizer.of(json, 8).close();
                    Tokenizer.forget();
                    Tokenizer.of(third, 8).close();
                }))
                .isEqualTo(4);
    }

    @Test
    void whoever_still_reads_is_not_disturbed_by_others_that_close_or_take_its_place() {
        String fifth = file("fifth");
        try (Tokenizer reading = Tokenizer.of(fifth, 8)) {
            Tokenizer.of(fifth, 8).close();
            Tokenizer.of(file("sixth"), 8).close();
            Tokenizer.forget();

            assertThat(Openings.of(() -> assertThat(reading.encode("a b").ids()).containsExactly(2, 5, 6, 3)))
                    .isZero();
        }
    }

    @Test
    void a_closed_tokenizer_reads_nothing_although_its_file_stays_open() {
        Tokenizer tokenizer = Tokenizer.of(file("seventh"), 8);
        tokenizer.close();
        tokenizer.close();

        assertThatThrownBy(() -> tokenizer.encode("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        try (Tokenizer again = Tokenizer.of(file("seventh"), 8)) {
            assertThat(again.encode("a").ids()).containsExactly(2, 5, 3);
        }
    }

    @Test
    void what_the_library_refuses_is_refused_at_once_or_when_the_first_text_is_read() {
        String json = file("eighth").replace("\"WordPiece\", \"unk", "\"Piece\", \"unk");

        assertThatThrownBy(() -> Tokenizer.of(json, 8))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("The encoder's tokenizer.json does not open as a tokenizer: ");
        try (Tokenizer later = Tokenizer.onDemand(json, 8)) {
            assertThatThrownBy(() -> later.encode("a"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith("The encoder's tokenizer.json does not open as a tokenizer: ");
        }
    }

    /// The library refuses half of a surrogate pair, and truncation of which it misses a part.
    @Test
    void what_only_the_library_is_strict_about_is_read_all_the_same() {
        String half = file("\\ud800");
        String cut = file("ninth").replace("\"strategy\": \"LongestFirst\", ", "");

        for (String json : List.of(half, cut))
            try (Tokenizer tokenizer = Tokenizer.of(json, 8)) {
                assertThat(tokenizer.encode("a b c a b c a b c").ids()).containsExactly(2, 5, 6, 7, 5, 6, 7, 3);
            }
    }
}
