package dev.isogloss.trainer.pseudolabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.random.RandomStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pseudo-labels as they are written, read and learnt from.
class PseudoLabelsTest {
    private static final PseudoLabel TEXT =
            PseudoLabel.of("de", new TextExample("1", "gut", null, "bad"), List.of("good"), 0.75);
    private static final PseudoLabel WORDS =
            PseudoLabel.of("fr", new TaggedExample("2", List.of("à", "Paris"), null), List.of("O", "B-LOC"), 0.5);

    @TempDir
    Path folder;

    @Test
    void what_is_written_is_read_again_line_by_line() throws IOException {
        write(2);

        assertThat(Files.readString(folder.resolve(PseudoLabels.LABELS))).isEqualTo("""
                        {"language":"de","id":"1","labels":["good"],"confidence":0.75,"gold":["bad"],"text":"gut"}
                        {"language":"fr","id":"2","labels":["O","B-LOC"],"confidence":0.5,"words":["à","Paris"]}
                        """);
        assertThat(PseudoLabels.read(folder))
                .as("gold labels are written to count what was wrong, and read by nobody who learns")
                .containsExactly(TEXT, WORDS);
    }

    @Test
    void a_file_that_was_touched_or_cut_is_not_read() throws IOException {
        write(2);
        Files.writeString(folder.resolve(PseudoLabels.LABELS), "{}\n");
        assertThatThrownBy(() -> PseudoLabels.read(folder))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has changed since it was selected");

        write(3);
        assertThatThrownBy(() -> PseudoLabels.read(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("has 2 lines, its manifest says 3");
    }

    @Test
    void the_models_labels_are_learnt_from_and_not_the_gold_ones() {
        assertThat(TEXT.example()).isEqualTo(new TextExample("1", "gut", null, "good"));
        assertThat(WORDS.example()).isEqualTo(new TaggedExample("2", List.of("à", "Paris"), List.of("O", "B-LOC")));
        assertThat(PseudoLabel.of("de", new TextExample("3", "a", "b", null), List.of("same"), 1)
                        .example())
                .isEqualTo(new TextExample("3", "a", "b", "same"));
    }

    @Test
    void a_label_differs_from_gold_where_gold_is_known_and_another() {
        assertThat(judged(List.of("bad")).differsFromGold()).isTrue();
        assertThat(judged(List.of("good")).differsFromGold()).isFalse();
        assertThat(judged(null).differsFromGold()).isFalse();
    }

    private static JudgedLabel judged(@Nullable List<String> gold) {
        return JudgedLabel.of(TEXT, gold);
    }

    @Test
    void trees_and_lines_without_text_and_words_are_no_pseudo_labels() {
        ParsedExample tree = new ParsedExample("7", List.of("a"), List.of("NOUN"), List.of(0), List.of("root"));
        assertThatThrownBy(() -> PseudoLabel.of("de", tree, List.of("root"), 1))
                .hasMessage("no label stands for a tree: 7");
        assertThatThrownBy(() -> new PseudoLabel("de", "1", null, null, null, List.of("a"), 1).example())
                .hasMessage("a pseudo-label of 1 without text and words");
    }

    @Test
    void a_draw_has_as_many_candidates_as_there_are() {
        ConfidentDraw draw = new ConfidentDraw(0.5, Set.of(new ExampleName("de", "0")));
        IntStream.range(0, 5000).forEach(i -> draw.offer(new ExampleName("de", "" + i), i % 2 == 0 ? 0.9 : 0.5));

        assertThat(draw.left()).isEqualTo(4999);
        assertThat(draw.confident()).isEqualTo(2499);
        assertThat(draw.draw(3000, RandomStream.of(1, "draw")).stream())
                .containsExactlyElementsOf(
                        IntStream.range(1, 2500).mapToObj(i -> 2 * i).toList());
    }

    /// @param count what the manifest says
    private void write(int count) throws IOException {
        Path file = folder.resolve(PseudoLabels.LABELS);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            PseudoLabels.write(out, judged(List.of("bad")));
            PseudoLabels.write(out, JudgedLabel.of(WORDS, null));
        }
        PseudoLabels.writeManifest(
                folder, new SelectionManifest(count, Map.of("good", 1L), Sha256.of(file), 10, 5, 1, 1));
    }
}
