package dev.isogloss.plan.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.SplitSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetIdentityTest {
    private static final SplitSource COMMON = new SplitSource("all", 1, 100);
    private static final SplitSource ENGLISH = new SplitSource("all", 1, 20);

    @Test
    void the_cut_of_a_language_outranks_that_of_all_split_by_split() {
        DatasetIdentity data = cut(Map.of("", Map.of("train", COMMON, "dev", COMMON), "en", Map.of("train", ENGLISH)));

        assertThat(data.cut("en", "train")).hasValue(ENGLISH);
        assertThat(data.cut("en", "dev")).hasValue(COMMON);
        assertThat(data.cut("de", "train")).hasValue(COMMON);
        assertThat(data.cut("de", "test")).isEmpty();
    }

    @Test
    void two_steps_that_read_the_same_split_read_the_same_dataset_as_far_as_that_goes() {
        DatasetIdentity training =
                cut(Map.of("", Map.of("train", COMMON), "en", Map.of("train", ENGLISH, "dev", COMMON)));
        DatasetIdentity other = cut(Map.of("en", Map.of("train", ENGLISH)));

        assertThat(training.only("en", "train")).isEqualTo(other.only("en", "train"));
        assertThat(training.only("en", "train").cut("en", "train")).hasValue(ENGLISH);
        assertThat(training.only("de", "train")).isNotEqualTo(other.only("de", "train"));
        assertThat(training.only("en", "test")).isEqualTo(cut(Map.of()));
    }

    private static DatasetIdentity cut(Map<String, Map<String, SplitSource>> splits) {
        return new DatasetIdentity("reviews", "1", DataFormat.Xnli, null, splits, null);
    }
}
