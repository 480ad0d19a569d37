package dev.isogloss.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.method.SynonymCopies;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.SynonymDictionary;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SynonymsTest {
    private static final SynonymDictionary WORDS = new SynonymDictionary(Map.of(
            "big", List.of("large", "great"), "film", List.of("movie"), "alone", List.of(), "Oslo", List.of("Bergen")));

    private static Synonyms synonyms(double scale, long seed) {
        return Synonyms.of(WORDS, new SynonymCopies(3, scale, 1), seed);
    }

    private static TextExample text(String text) {
        return new TextExample("1", text, null, "x");
    }

    private static String copy(Synonyms synonyms, String text, int copy, int number) {
        return ((TextExample) synonyms.copy(text(text), copy, number)).text();
    }

    @Test
    void a_word_is_itself_or_one_of_its_neighbours_all_equally_often() {
        Map<String, Integer> drawn = new HashMap<>();
        for (int number = 0; number < 6000; number++)
            drawn.merge(copy(synonyms(1, 1), "big", 0, number), 1, Integer::sum);

        assertThat(drawn.keySet()).containsExactlyInAnyOrder("big", "large", "great");
        // five standard deviations of a third of 6,000
        assertThat(drawn.values()).allSatisfy(count -> assertThat(count).isCloseTo(2000, within(183)));
    }

    @Test
    void what_is_no_word_of_the_dictionary_stays_as_it_is_written() {
        String text = "Big  film. alone  xyz films big-film\u00a0film";
        for (int number = 0; number < 50; number++)
            assertThat(copy(synonyms(1, 1), text, 0, number)).isEqualTo(text);
    }

    @Test
    void the_halves_of_a_pair_are_drawn_by_themselves_and_the_label_stays() {
        Set<Boolean> alike = new HashSet<>();
        for (int number = 0; number < 50; number++) {
            TextExample copy =
                    (TextExample) synonyms(1, 1).copy(new TextExample("7", "big film", "big film", "yes"), 0, number);
            assertThat(copy.id()).isEqualTo("7");
            assertThat(copy.label()).isEqualTo("yes");
            alike.add(copy.text().equals(copy.second()));
        }
        assertThat(alike).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void every_word_of_a_sentence_keeps_its_tag() {
        TaggedExample sentence = new TaggedExample("1", List.of("big", "Oslo", "film"), List.of("O", "B-LOC", "O"));
        Set<List<String>> copies = new HashSet<>();
        for (int copy = 0; copy < 40; copy++) {
            TaggedExample made = (TaggedExample) synonyms(1, 1).copy(sentence, copy, 0);
            assertThat(made.tags()).isEqualTo(sentence.tags());
            assertThat(made.words().get(1)).isIn("Oslo", "Bergen");
            copies.add(made.words());
        }
        assertThat(copies).hasSizeGreaterThan(6);
    }

    @Test
    void a_copy_depends_on_seed_copy_and_example_and_on_nothing_else() {
        String text = "big film big film big film big film";
        String first = copy(synonyms(1, 1), text, 1, 4);

        assertThat(copy(synonyms(1, 1), text, 1, 4)).isEqualTo(first);
        assertThat(List.of(
                        copy(synonyms(1, 2), text, 1, 4),
                        copy(synonyms(1, 1), text, 2, 4),
                        copy(synonyms(1, 1), text, 1, 5)))
                .doesNotContain(first);
        Synonyms fewer = Synonyms.of(WORDS, new SynonymCopies(1, 1, 1), 1);
        assertThat(copy(fewer, text, 1, 4)).isEqualTo(first);
    }

    @Test
    void a_scale_keeps_that_share_of_all_words_those_without_neighbours_counted() {
        Map<String, List<String>> hundred = new LinkedHashMap<>();
        for (int i = 0; i < 101; i++) hundred.put("w" + i, i % 2 == 0 ? List.of("n" + i) : List.of());
        SynonymDictionary dictionary = new SynonymDictionary(hundred);
        for (double scale : new double[] {0, 0.25, 0.5, 0.75, 1}) {
            // each is drawn so often that a word which can be replaced is
            Set<Integer> replaced = new HashSet<>();
            Synonyms synonyms = Synonyms.of(dictionary, new SynonymCopies(1, scale, 5), 1);
            for (int i = 0; i < 101; i++)
                for (int number = 0; number < 40; number++)
                    if (!copy(synonyms, "w" + i, 0, number).equals("w" + i)) replaced.add(i);
            assertThat((double) replaced.size()).isCloseTo(51 * scale, within(6.0));
            assertThat(replaced).allMatch(i -> i % 2 == 0);
            if (scale == 0) assertThat(replaced).isEmpty();
            if (scale == 1) assertThat(replaced).hasSize(51);
        }
    }

    @Test
    void which_words_are_looked_up_is_drawn_by_the_dictionarys_seed() {
        Map<String, List<String>> many = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) many.put("w" + i, List.of("n" + i));
        SynonymDictionary dictionary = new SynonymDictionary(many);
        String text = String.join(" ", many.keySet());

        assertThat(kept(dictionary, 1, 1, text)).hasSize(30).isEqualTo(kept(dictionary, 1, 9, text));
        assertThat(kept(dictionary, 2, 1, text)).hasSize(30).isNotEqualTo(kept(dictionary, 1, 1, text));
    }

    private static Set<Integer> kept(SynonymDictionary dictionary, long dictionarySeed, long seed, String text) {
        Synonyms synonyms = Synonyms.of(dictionary, new SynonymCopies(1, 0.5, dictionarySeed), seed);
        Set<Integer> replaced = new HashSet<>();
        for (int number = 0; number < 40; number++) {
            String[] words = copy(synonyms, text, 0, number).split(" ");
            IntStream.range(0, words.length)
                    .filter(i -> words[i].equals("n" + i))
                    .forEach(replaced::add);
        }
        return replaced;
    }

    @Test
    void coverage_is_the_share_of_words_that_may_be_replaced() {
        Stream<Example> examples = Stream.of(
                new TextExample("1", "big  film alone", "xyz", "a"),
                new TaggedExample("2", List.of("Oslo", "."), List.of("B-LOC", "O")));

        assertThat(synonyms(1, 1).coverage(examples)).isEqualTo(3.0 / 6);
        assertThat(synonyms(1, 1).coverage(Stream.of())).isNaN();
    }
}
