package dev.isogloss.trainer.method.iwda;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.method.Iwda.Projection;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.statistics.WeightProjection;
import dev.isogloss.trainer.tensor.HostReads;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The weights and statistics of a training on its device, beside the same in Java's doubles.
class ClassProjectionTest {

    /// With equal ratios, with classes that do not occur, and with all or no weight above 0.
    @Property(tries = 400)
    void both_projections_are_those_in_java(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 1, max = 20) int k) {
        RandomStream random = RandomStream.of(seed, "projections");
        double[] p = new double[k];
        double[] v = new double[k];
        for (int j = 0; j < k; j++) {
            p[j] = j > 0 && random.nextInt(5) == 0 ? 0 : 0.01 + random.nextDouble();
            v[j] = (random.nextInt(4) - 1) * (random.nextInt(2) == 0 ? 1 : random.nextDouble()) + random.nextInt(2);
        }
        double sum = Arrays.stream(p).sum();
        for (int j = 0; j < k; j++) p[j] /= sum;
        if (random.nextInt(3) == 0) for (int j = 0; j < k; j++) v[j] = p[j] * (1 + random.nextInt(2));

        try (Scope _ = Scope.open()) {
            assertThat(ClassProjection.euclidean(Tensor.of(v, k), Tensor.of(p, k))
                            .toDoubles())
                    .containsExactly(WeightProjection.euclidean(v, p), within(1e-12));
            assertThat(ClassProjection.radial(Tensor.of(v, k), Tensor.of(p, k)).toDoubles())
                    .containsExactly(WeightProjection.radial(v, p), within(1e-12));
        }
    }

    @Property(tries = 60)
    void running_statistics_are_those_in_java(
            @ForAll @IntRange(max = 100000) int seed, @ForAll @IntRange(min = 2, max = 12) int k) {
        RandomStream random = RandomStream.of(seed, "statistics");
        double[] p = IntStream.range(0, k).mapToDouble(_ -> 1.0 / k).toArray();
        double[] w0 =
                IntStream.range(0, k).mapToDouble(_ -> random.nextDouble()).toArray();
        Statistics expected = new Statistics(p, w0);
        try (Scope _ = Scope.open();
                RunningConfusion statistics = new RunningConfusion(k, 0.05)) {
            statistics.begin(p, w0, false);
            for (int update = 0; update < 20; update++) {
                long[] predicted = labels(random, 1 + random.nextInt(9), 0, k);
                long[] gold = labels(random, predicted.length, -1, k);
                long[] target = labels(random, 1 + random.nextInt(9), 0, k);
                long reads = HostReads.ofThisThread();
                statistics.source(tensor(predicted), tensor(gold));
                statistics.target(tensor(target));
                assertThat(HostReads.ofThisThread()).isEqualTo(reads);
                expected.move(predicted, gold, target);
            }
            assertThat(statistics.confusion().toDoubles())
                    .containsExactly(normalised(expected.confusion), within(1e-12));
            assertThat(statistics.prediction().toDoubles())
                    .containsExactly(normalised(expected.prediction), within(1e-12));
        }
    }

    /// Not trained, they are projected in Java, which keeps the bits of results that were made before.
    @Test
    void weights_that_are_given_are_those_that_are_trained_by_nothing_and_are_not_read() {
        double[] p = {0.2, 0.3, 0.5};
        double[] w0 = {2, 0.1, 0.7};
        for (Projection projection : Projection.values())
            try (Scope _ = Scope.open();
                    ClassWeights given = new ClassWeights(p, projection, false);
                    ClassWeights resumed = new ClassWeights(p, projection, false);
                    ClassWeights trained = new ClassWeights(p, projection, true)) {
                long reads = HostReads.ofThisThread();
                for (ClassWeights weights : List.of(given, trained)) {
                    weights.begin(w0);
                    for (int update = 0; update < 5; update++) weights.project();
                }
                assertThat(HostReads.ofThisThread()).isEqualTo(reads);
                requireNonNull(resumed.state().get("first")).assign(Tensor.of(w0, 3));
                for (int update = 0; update < 5; update++) resumed.project();
                assertThat(HostReads.ofThisThread()).isEqualTo(reads + 1);

                double[] w = given.current().toDoubles();
                assertThat(trained.current().toDoubles()).containsExactly(w, within(1e-12));
                assertThat(resumed.current().toDoubles()).containsExactly(w);
            }
    }

    private static final class Statistics {
        final double[] confusion;
        final double[] prediction;

        Statistics(double[] p, double[] w0) {
            confusion = new double[p.length * p.length];
            prediction = new double[p.length];
            for (int j = 0; j < p.length; j++) {
                confusion[j * p.length + j] = p[j];
                prediction[j] = p[j] * w0[j];
            }
        }

        void move(long[] predicted, long[] gold, long[] target) {
            for (int i = 0; i < confusion.length; i++) confusion[i] *= 0.95;
            for (int i = 0; i < prediction.length; i++) prediction[i] *= 0.95;
            for (int i = 0; i < gold.length; i++)
                if (gold[i] >= 0) confusion[(int) (predicted[i] * prediction.length + gold[i])] += 0.05;
            for (long each : target) prediction[(int) each] += 0.05;
        }
    }

    private static double[] normalised(double[] values) {
        double sum = Arrays.stream(values).sum();
        return Arrays.stream(values).map(each -> each / sum).toArray();
    }

    private static long[] labels(RandomStream random, int n, int least, int k) {
        return IntStream.range(0, n)
                .mapToLong(_ -> least + random.nextInt(k - least))
                .toArray();
    }

    private static Tensor tensor(long[] values) {
        return Tensor.of(values, values.length);
    }
}
