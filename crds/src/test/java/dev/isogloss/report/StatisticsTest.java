package dev.isogloss.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatisticsTest {

    /// Lines of mean, standard deviation and half width by SciPy, then the values (made by statistics.py beside them).
    static Stream<String> goldenLines() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/dev/isogloss/summary/statistics.csv")).stream()
                .filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("goldenLines")
    void mean_spread_and_interval_are_those_of_scipy(String line) {
        List<Double> numbers =
                Arrays.stream(line.split(",")).map(Double::valueOf).toList();
        List<Double> values = numbers.subList(3, numbers.size());

        Statistics ours = Statistics.of(values);

        assertThat(ours.mean()).isCloseTo(numbers.get(0), within(1e-12));
        assertThat(ours.std()).isCloseTo(numbers.get(1), within(1e-12));
        assertThat(ours.ci95()).isCloseTo(numbers.get(2), within(1e-9));
        assertThat(ours.n()).isEqualTo(values.size());
    }

    @Test
    void one_seed_has_no_spread() {
        assertThat(Statistics.of(List.of(0.5))).isEqualTo(new Statistics(0.5, null, null, 1));
    }
}
