package dev.isogloss.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.MaskedLanguageModelAugmentation;
import dev.isogloss.api.method.MaskedLanguageModelAugmentation.Fill;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// Copies beside those that transformers makes one at a time; `src/test/python/augment_golden.py` made them.
class CopyMakerTest {
    private static final SourceFile FILE = new SourceFile("pool", Path.of("pool"), "0", 0);

    private static JsonNode golden() {
        try (var in = CopyMakerTest.class.getResourceAsStream("golden.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Encoder encoder(String family) {
        try {
            return Encoder.load(Path.of(Objects.requireNonNull(Encoder.class.getResource("golden/" + family))
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static MaskedLanguageModelAugmentation settings(JsonNode json) {
        return new MaskedLanguageModelAugmentation(
                json.get("share").asDouble(),
                json.get("copies").asInt(),
                json.get("minCharacters").asInt(),
                Fill.valueOf(json.get("fill").asText()),
                json.get("leastWords").asInt(),
                json.get("mostWords").asInt(),
                json.get("seed").asLong());
    }

    private static Example example(String id, JsonNode of) {
        JsonNode sides = of.get("sides");
        if (of.get("kind").asText().endsWith("words")) return new TaggedExample(id, texts(sides.get(0)), null);
        return new TextExample(
                id,
                sides.get(0).asText(),
                sides.size() < 2 ? null : sides.get(1).asText(),
                null);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<AugmentedCopy> expected(JsonNode of) {
        List<AugmentedCopy> copies = new ArrayList<>();
        for (JsonNode copy : of.get("copies"))
            copies.add(new AugmentedCopy(
                    "de",
                    "x#" + (copies.size() + 1),
                    "x",
                    copy.has("text") ? copy.get("text").asText() : null,
                    copy.has("second") ? copy.get("second").asText() : null,
                    copy.has("words") ? texts(copy.get("words")) : null,
                    ints(copy.get("masked")),
                    copy.has("maskedSecond") ? ints(copy.get("maskedSecond")) : null));
        return copies;
    }

    private static List<Integer> ints(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.get(i).asInt())
                .toList();
    }

    @Test
    void copies_are_those_that_transformers_makes_one_at_a_time() {
        JsonNode golden = golden();
        int grown = 0;
        for (String family : List.of("bert", "xlm-roberta"))
            try (Encoder encoder = encoder(family);
                    Tokenizer tokenizer =
                            Tokenizer.of(golden.at("/tokenizers/" + family).toString(), 16)) {
                for (JsonNode one : golden.get("cases")) {
                    if (!one.get("family").asText().equals(family)) continue;
                    CopyMaker maker = maker(settings(one.get("settings")), encoder, tokenizer);

                    List<AugmentedCopy> copies = maker.copies(
                            Split.of("de", "train", List.of(example("x", one)), FILE),
                            one.get("number").asLong());

                    assertThat(copies).as(one.toString()).isEqualTo(expected(one));
                    grown += maker.discarded() > 0 ? 1 : 0;
                }
            }
        assertThat(grown).isGreaterThan(3);
    }

    private static CopyMaker maker(MaskedLanguageModelAugmentation settings, Encoder encoder, Tokenizer tokenizer) {
        return new CopyMaker(
                settings,
                tokenizer,
                new SuccessiveMasking(encoder, tokenizer, settings.fill(), Precision.Float32, "e"));
    }

    @Test
    void many_texts_together_have_the_copies_that_each_has_alone() {
        JsonNode golden = golden();
        try (Encoder encoder = encoder("xlm-roberta");
                Tokenizer tokenizer =
                        Tokenizer.of(golden.at("/tokenizers/xlm-roberta").toString(), 16)) {
            MaskedLanguageModelAugmentation settings =
                    new MaskedLanguageModelAugmentation(0.5, 4, 1, Fill.WordStarts, 1, 100, 3);
            List<Example> examples = new ArrayList<>();
            for (JsonNode one : golden.get("cases"))
                if (one.get("kind").asText().equals("words")) examples.add(example("s" + examples.size(), one));
            Split all = Split.of("de", "train", examples, FILE);

            List<AugmentedCopy> together = maker(settings, encoder, tokenizer).copies(all, 0);

            List<AugmentedCopy> alone = new ArrayList<>();
            for (int i = 0; i < all.size(); i++)
                alone.addAll(maker(settings, encoder, tokenizer).copies(all.slice(i, i + 1), i));
            assertThat(together).hasSizeGreaterThan(100).isEqualTo(alone);
        }
    }

    @Test
    void no_two_copies_of_a_text_change_the_same_places() {
        Map<List<Integer>, Integer> counts = new HashMap<>();
        for (int[] chosen : MaskPositions.draw(new int[] {0, 1, 2, 3}, 2, 50, 1, 0)) {
            assertThat(chosen).hasSize(2).doesNotHaveDuplicates();
            counts.merge(IntStream.of(chosen).sorted().boxed().toList(), 1, Integer::sum);
        }
        assertThat(counts).hasSize(6); // 4 choose 2
        assertThat(counts.values()).containsOnly(1);
    }

    @Test
    void copies_change_other_words_as_long_as_there_are_some_left() {
        List<int[]> chosen = MaskPositions.draw(new int[] {2, 3, 5, 7, 11, 13}, 2, 3, 1, 0);

        assertThat(chosen.stream().flatMapToInt(IntStream::of)).containsExactlyInAnyOrder(2, 3, 5, 7, 11, 13);
    }

    @Test
    void in_a_script_without_spaces_characters_of_any_length_are_replaced() {
        Words words = Words.of("ที่นี่ดี");

        assertThat(words.spaced()).isFalse();
        assertThat(words.units()).containsExactly("ที่", "นี่", "ดี");
        try (Encoder encoder = encoder("bert");
                Tokenizer tokenizer =
                        Tokenizer.of(golden().at("/tokenizers/bert").toString(), 16)) {
            MaskedLanguageModelAugmentation settings =
                    new MaskedLanguageModelAugmentation(0.3, 9, 3, Fill.WordStarts, 1, 100, 1);
            Example thai = new TextExample("x", "ที่นี่ดี", null, null);

            assertThat(maker(settings, encoder, tokenizer).copies(Split.of("th", "train", List.of(thai), FILE), 0))
                    .flatExtracting(AugmentedCopy::masked)
                    .contains(0, 1, 2);
        }
    }

    @Test
    void words_of_a_script_without_spaces_stay_the_file_s_and_are_replaced_by_what_stands_amid_others() {
        assertThat(Words.of(List.of("山", "川木", "im")).spaced()).isFalse();
        assertThat(Words.of(List.of("haus", "山")).spaced()).isTrue();
        JsonNode golden = golden();
        try (Encoder encoder = encoder("xlm-roberta");
                Tokenizer tokenizer =
                        Tokenizer.of(golden.at("/tokenizers/xlm-roberta").toString(), 16)) {
            for (Fill fill : Fill.values()) {
                MaskedLanguageModelAugmentation settings =
                        new MaskedLanguageModelAugmentation(0.5, 6, 3, fill, 1, 100, 3);
                CopyMaker maker = maker(settings, encoder, tokenizer);
                Example chinese = new TaggedExample("x", List.of("山", "川木", "人", "木"), null);

                List<AugmentedCopy> copies = maker.copies(Split.of("zh", "train", List.of(chinese), FILE), 0);

                assertThat(copies)
                        .hasSize(4)
                        .allMatch(copy -> Objects.requireNonNull(copy.words()).size() == 4);
                assertThat(copies).flatExtracting(AugmentedCopy::masked).contains(0, 1, 2, 3);
                assertThat(maker.discarded()).isZero();
            }
        }
    }

    @Test
    void an_encoder_without_a_head_for_words_cannot_make_copies() {
        try (Encoder encoder = encoder("bert");
                Tokenizer tokenizer =
                        Tokenizer.of(golden().at("/tokenizers/bert").toString(), 16)) {
            List.copyOf(encoder.mlmHead().names()).forEach(encoder.mlmHead()::remove);

            assertThatThrownBy(() -> new SuccessiveMasking(
                            encoder, tokenizer, Fill.WordStarts, Precision.Float32, "multilingual-e5-small"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("multilingual-e5-small has no masked-language-model head")
                    .hasMessageContaining("augment.maskedLanguageModel.encoder");
        }
    }

    /// Six inputs hold four pieces between two special ones; "sees" is two of them.
    @Test
    void words_beyond_what_the_encoder_holds_are_not_changed() {
        try (Encoder encoder = encoder("bert");
                Tokenizer tokenizer =
                        Tokenizer.of(golden().at("/tokenizers/bert").toString(), 6)) {
            MaskedLanguageModelAugmentation settings =
                    new MaskedLanguageModelAugmentation(1, 1, 1, Fill.WordStarts, 1, 100, 1);

            List<AugmentedCopy> copies = maker(settings, encoder, tokenizer)
                    .copies(
                            Split.of(
                                    "de",
                                    "train",
                                    List.of(
                                            new TextExample("x", "weg alt boot tal rot", null, null),
                                            new TextExample("y", "weg alt sees tal rot", null, null)),
                                    FILE),
                            0);

            assertThat(copies.get(0).masked()).containsExactlyInAnyOrder(0, 1, 2, 3);
            assertThat(copies.get(0).text()).endsWith(" rot");
            assertThat(copies.get(1).masked()).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(copies.get(1).text()).endsWith(" tal rot");
        }
    }

    /// Whether a piece may stand for a word between spaces, for one with a letter, for a character amid others, and for
    /// one with a letter.
    @Test
    void what_may_be_written_is_of_the_kind_of_what_it_replaces() {
        try (Tokenizer tokenizer = Tokenizer.of(golden().at("/tokenizers/bert").toString(), 16);
                Scope _ = Scope.open()) {
            assertThat(allowed(tokenizer, Fill.WordStarts, "[MASK]")).containsExactly(false, false, false, false);
            assertThat(allowed(tokenizer, Fill.WordStarts, "weg")).containsExactly(true, true, true, true);
            assertThat(allowed(tokenizer, Fill.WordStarts, ".")).containsExactly(true, false, true, false);
            assertThat(allowed(tokenizer, Fill.WordStarts, "##s")).containsExactly(false, false, false, false);
            assertThat(allowed(tokenizer, Fill.AnyPiece, "##s")).containsExactly(true, true, true, true);
        }
    }

    private static List<Boolean> allowed(Tokenizer tokenizer, Fill fill, String piece) {
        Candidates candidates = new Candidates(tokenizer, tokenizer.vocabularySize(), fill);
        float[] scores = candidates.scores().toFloats();
        List<Boolean> allowed = new ArrayList<>();
        for (boolean spaced : new boolean[] {true, false})
            for (boolean lettered : new boolean[] {false, true})
                allowed.add(scores[candidates.row(spaced, lettered) * tokenizer.vocabularySize() + id(tokenizer, piece)]
                        == 0);
        return allowed;
    }

    private static int id(Tokenizer tokenizer, String piece) {
        return IntStream.range(0, tokenizer.vocabularySize())
                .filter(id -> tokenizer.token(id).equals(piece))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_piece_that_continues_a_word_grows_together_with_the_word_before_it() {
        try (Tokenizer tokenizer = Tokenizer.of(golden().at("/tokenizers/bert").toString(), 16)) {
            int continuing = id(tokenizer, "##chen");

            assertThat(filled(tokenizer, 1, continuing).text()).isEqualTo("wegchen boot");
            assertThat(filled(tokenizer, 1, continuing).grown()).isTrue();
            assertThat(filled(tokenizer, 0, continuing).text()).isEqualTo("chen alt boot");
            assertThat(filled(tokenizer, 0, continuing).grown())
                    .as("no word stands before the first")
                    .isFalse();
        }
    }

    private static Draft.Filled filled(Tokenizer tokenizer, int place, int piece) {
        Words words = new Words(List.of("weg", "alt", "boot"), true);
        Cloze cloze = new Cloze(tokenizer.pieces(words.units()), new int[] {place}, new boolean[] {true}, true);
        return new Draft(words, cloze).filled(new int[] {piece}, tokenizer);
    }
}
