package dev.isogloss.trainer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.Head;
import dev.isogloss.report.Shifts;
import dev.isogloss.report.Shifts.Point;
import dev.isogloss.trainer.encoder.EncoderOutput;
import dev.isogloss.trainer.encoder.OutputRequest;
import dev.isogloss.trainer.method.TinyTransfer;
import dev.isogloss.trainer.task.Batch;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Model;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Conditional feature shift and its correlations, against cases solved by hand and a reference that reads one text at
/// a time.
class ShiftsTest {

    /// Two classes of two features: |1 − 3| + |2 − 2| = 2 and |0 − 1| + |4 − 1| = 4, so that the mean is 3.
    @Test
    void a_case_solved_by_hand() {
        ClassMeans source = new ClassMeans(Map.of("first", new double[][][] {{{2, 4}, {0, 4}}}), new long[] {2, 1});
        ClassMeans target = new ClassMeans(Map.of("first", new double[][][] {{{3, 2}, {3, 3}}}), new long[] {1, 3});

        assertThat(ClassMeans.shift(source, target, "first")).containsExactly(3.0);
    }

    @Test
    void classes_that_one_side_lacks_do_not_count() {
        ClassMeans source = new ClassMeans(Map.of("first", new double[][][] {{{2}, {9}}}), new long[] {2, 1});
        ClassMeans target = new ClassMeans(Map.of("first", new double[][][] {{{5}, {0}}}), new long[] {1, 0});
        ClassMeans nothing = new ClassMeans(Map.of("first", new double[][][] {{{0}, {0}}}), new long[] {0, 0});

        assertThat(ClassMeans.shift(source, target, "first")).containsExactly(4.0);
        assertThat(ClassMeans.shift(source, nothing, "first")[0]).isNaN();
    }

    @Test
    void texts_shift_as_if_they_were_read_one_by_one() {
        try (Model model = TinyTransfer.model(Head.Pooled)) {
            assertShift(model, TinyTransfer.source(), TinyTransfer.target(), "first");
            assertShift(model, TinyTransfer.source(), TinyTransfer.target(), "mean");
        }
    }

    @Test
    void words_shift_as_if_they_were_read_one_by_one() {
        try (Model model = TinyTransfer.model(Head.Token)) {
            assertShift(
                    model,
                    TinyTransfer.words(TinyTransfer.source()),
                    TinyTransfer.words(TinyTransfer.target()),
                    "word");
        }
    }

    private static void assertShift(Model model, List<Item> source, List<Item> target, String pooling) {
        double[] shift = ClassMeans.shift(
                ClassMeans.of(model, source, Precision.Float32),
                ClassMeans.of(model, target, Precision.Float32),
                pooling);

        assertThat(shift).hasSize(3);
        for (int layer = 0; layer < shift.length; layer++) {
            double expected = reference(vectors(model, source, pooling, layer), vectors(model, target, pooling, layer));
            assertThat(shift[layer]).isCloseTo(expected, within(1e-5 * expected));
        }
    }

    /// Every unit's vector by its class.
    private static Map<Integer, List<double[]>> vectors(Model model, List<Item> items, String pooling, int layer) {
        Map<Integer, List<double[]>> vectors = new TreeMap<>();
        for (Item item : items)
            try (Scope _ = Scope.open()) {
                Batch alone = Batch.of(List.of(item), 0);
                EncoderOutput encoded = model.encoder()
                        .encode(alone.tokens(), OutputRequest.all().withHidden(), Dropout.none(), Precision.Float32);
                double[] states = encoded.hidden().get(layer).toDoubles(); // [s · d]
                for (int unit = 0; unit < item.targets().length; unit++)
                    vectors.computeIfAbsent(item.targets()[unit], _ -> new ArrayList<>())
                            .add(pooled(states, item.length(), item.positions()[unit], pooling));
            }
        return vectors;
    }

    private static double[] pooled(double[] states, int tokens, int position, String pooling) {
        int d = states.length / tokens;
        double[] vector = new double[d];
        for (int i = 0; i < d; i++) {
            if (!pooling.equals("mean")) vector[i] = states[position * d + i];
            else for (int token = 0; token < tokens; token++) vector[i] += states[token * d + i] / tokens;
        }
        return vector;
    }

    private static double reference(Map<Integer, List<double[]>> source, Map<Integer, List<double[]>> target) {
        List<Integer> common =
                source.keySet().stream().filter(target::containsKey).toList();
        return common.stream()
                .mapToDouble(y -> {
                    double[] s = mean(source.getOrDefault(y, List.of()));
                    double[] t = mean(target.getOrDefault(y, List.of()));
                    return IntStream.range(0, s.length)
                            .mapToDouble(i -> Math.abs(s[i] - t[i]))
                            .sum();
                })
                .average()
                .orElseThrow();
    }

    private static double[] mean(List<double[]> vectors) {
        double[] mean = new double[vectors.getFirst().length];
        for (double[] vector : vectors) for (int i = 0; i < mean.length; i++) mean[i] += vector[i] / vectors.size();
        return mean;
    }

    private static Point point(String stage, double shift, double prior, Double score) {
        return new Point(stage, "de", "test", "first", shift, null, prior, 2 * prior, "MacroF1", score);
    }

    /// Numbers of `scipy.stats.pearsonr`, `spearmanr`, and the residuals of two regressions for the partial one.
    @Test
    void scores_go_with_either_shift_while_the_other_is_held_still() {
        Shifts shifts = Shifts.of(
                List.of(),
                List.of(
                        point("iwda", 1, 0.1, 0.9),
                        point("iwda", 2, 0.4, 0.7),
                        point("iwda", 3, 0.2, 0.75),
                        point("iwda", 5, 0.5, 0.4),
                        point("iwda", 4, 0.3, 0.6),
                        point("fineTune", 9, 0.3, null)));

        assertThat(shifts.correlations()).hasSize(2);
        var feature = shifts.correlations().getFirst();
        var prior = shifts.correlations().getLast();
        assertThat(feature.with()).isEqualTo("featureShift");
        assertThat(feature.n()).isEqualTo(5);
        assertThat(feature.pearson()).isCloseTo(-0.9363821838346236, within(1e-9));
        assertThat(feature.spearman()).isCloseTo(-0.8999999999999998, within(1e-9));
        assertThat(feature.partial()).isCloseTo(-0.9702335377751617, within(1e-9));
        assertThat(prior.pearson()).isCloseTo(-0.8938193572966858, within(1e-9));
        assertThat(prior.spearman()).isCloseTo(-0.8999999999999998, within(1e-9));
        assertThat(prior.partial()).isCloseTo(-0.9509298551358543, within(1e-9));
    }

    @Test
    void tables_have_a_line_a_row_and_an_empty_cell_for_what_is_not_known() {
        Shifts shifts = Shifts.of(
                List.of(new Shifts.Layer("iwda", "de", "test", "mean", 2, 1.5)), List.of(point("iwda", 1, 0.1, null)));

        assertThat(shifts.layersCsv()).isEqualTo("stage,language,split,pooling,layer,shift\niwda,de,test,mean,2,1.5\n");
        assertThat(shifts.pointsCsv()).endsWith("iwda,de,test,first,1.0,,0.1,0.2,MacroF1,\n");
    }
}
