package dev.isogloss.trainer.method.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassPlacesTest {
    private static final int[] LABELS = {2, 0, 2, 1, 0, 2};

    @Test
    void texts_of_other_classes_are_counted_through() {
        ClassPlaces places = ClassPlaces.of(LABELS);

        for (int label = 0; label < 4; label++) {
            int own = label;
            int[] others = IntStream.range(0, LABELS.length)
                    .filter(i -> LABELS[i] != own)
                    .toArray();
            assertThat(LABELS.length - places.size(label)).isEqualTo(others.length);
            assertThat(IntStream.range(0, others.length).map(n -> places.other(own, n)))
                    .containsExactlyInAnyOrder(IntStream.of(others).boxed().toArray(Integer[]::new));
        }
    }
}
