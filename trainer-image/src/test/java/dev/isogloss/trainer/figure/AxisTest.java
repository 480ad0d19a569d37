package dev.isogloss.trainer.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3        | 0 1 2 3",
                "61.2 74.9  | 60 65 70 75",
                "0.012 0.047| 0.01 0.02 0.03 0.04 0.05",
                "-0.5 1.5   | −0.5 0.0 0.5 1.0 1.5",
                "0 4000     | 0 1000 2000 3000 4000",
                "5 5        | 2 3 4 5 6 7 8",
                "0 0        | −0.6 −0.4 −0.2 0.0 0.2 0.4 0.6",
            })
    void ticks_are_round_numbers_around_all_values(String values, String ticks) {
        Axis axis = Axis.around(DoubleStream.of(List.of(values.trim().split(" ")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray()));

        assertThat(axis.ticks().stream().map(axis::text).collect(Collectors.joining(" ")))
                .isEqualTo(ticks.trim());
        assertThat(axis.low()).isCloseTo(axis.ticks().getFirst(), within(1e-9));
        assertThat(axis.high()).isCloseTo(axis.ticks().getLast(), within(1e-9));
    }

    @Test
    void without_values_an_axis_goes_from_0_to_1() {
        assertThat(Axis.around(DoubleStream.of()).ticks()).hasSize(6);
    }

    @Test
    void an_exact_axis_begins_and_ends_where_it_was_told_to() {
        Axis axis = Axis.exactly(-0.55, 1.55);

        assertThat(axis.share(-0.55)).isZero();
        assertThat(axis.share(1.55)).isEqualTo(1);
        assertThat(axis.ticks()).allMatch(tick -> tick >= -0.55 && tick <= 1.55);
    }

    @Test
    void nothing_stands_between_places_that_are_counted() {
        assertThat(Axis.ofPlaces(DoubleStream.of(0, 1)).ticks()).containsExactly(0.0, 1.0);
        assertThat(Axis.ofPlaces(DoubleStream.of(0, 2, 3)).ticks()).containsExactly(0.0, 1.0, 2.0, 3.0);
        assertThat(Axis.ofPlaces(DoubleStream.of(0, 0.5, 1)).ticks()).hasSize(6);
    }
}
