package dev.isogloss.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.step.Predictions;
import dev.isogloss.trainer.task.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordMapTest {
    @TempDir
    Path folder;

    private static List<double[]> words(int count) {
        return IntStream.range(0, count).mapToObj(i -> new double[] {i}).toList();
    }

    @Test
    void every_label_has_as_many_words_and_what_a_rare_one_lacks_goes_to_the_others() {
        Map<String, List<double[]>> drawn =
                WordMap.evenly(Map.of("O", words(100), "B-PER", words(50), "B-LOC", words(2)), 32);

        assertThat(drawn.get("B-LOC")).hasSize(2);
        assertThat(drawn.get("B-PER")).hasSize(15);
        assertThat(drawn.get("O")).hasSize(15);
    }

    @Test
    void the_words_that_are_drawn_depend_on_their_places_alone() {
        List<Double> places = WordMap.evenly(Map.of("O", words(100)), 10).get("O").stream()
                .map(word -> word[0])
                .toList();

        assertThat(places).hasSize(10).doesNotHaveDuplicates().isSorted();
        assertThat(WordMap.evenly(Map.of("O", words(100), "B", words(1)), 11).get("O").stream()
                        .map(word -> word[0]))
                .isEqualTo(places);
    }

    @Test
    void words_that_a_model_tells_apart_lie_apart() throws IOException {
        write(12);

        List<Group> groups = WordMap.of(folder, "es", "dev", 100);

        assertThat(groups.stream().map(Group::name)).containsExactly("B", "O");
        assertThat(groups).allSatisfy(group -> assertThat(group.places()).hasSize(12));
        double[] b = middle(groups.getFirst());
        double[] o = middle(groups.getLast());
        for (Group group : groups) {
            double[] own = group.name().equals("B") ? b : o;
            double[] other = group.name().equals("B") ? o : b;
            assertThat(group.places()).allMatch(place -> distance(place, own) < distance(place, other));
        }
    }

    @Test
    void a_few_words_are_no_map() throws IOException {
        write(4);

        assertThat(WordMap.of(folder, "es", "dev", 100)).isEmpty();
    }

    /// A sentence of two words each, of which one is certainly B and the other certainly O; one is wholly certain.
    private void write(int sentences) throws IOException {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < sentences; i++) {
            float sure = i == 0 ? 1 : 0.99f - 0.001f * i;
            predictions.add(new Prediction(
                    "x" + i, List.of("B", "O"), List.of("B", "O"), new float[][] {{sure, 1 - sure}, {1 - sure, sure}}));
        }
        Predictions.begin(folder, List.of("B", "O"));
        Predictions.write(folder, "es", "dev", predictions);
    }

    private static double[] middle(Group group) {
        return new double[] {
            group.places().stream().mapToDouble(place -> place[0]).average().orElseThrow(),
            group.places().stream().mapToDouble(place -> place[1]).average().orElseThrow()
        };
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(a[0] - b[0], a[1] - b[1]);
    }
}
