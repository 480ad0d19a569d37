package dev.isogloss.trainer.step.inputs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/// Models that are blended tell the same labels apart.
class SameLabelsTest {

    private static SequencedMap<String, List<String>> labels(
            List<String> source, List<String> target, List<String> both) {
        SequencedMap<String, List<String>> labels = new LinkedHashMap<>();
        labels.put("source", source);
        labels.put("target", target);
        labels.put("both", both);
        return labels;
    }

    @Test
    void labels_that_not_all_have_are_named_with_the_models_that_have_them() {
        assertThatThrownBy(() -> SameLabels.require(labels(
                        List.of("ADJ", "NOUN", "SYM"), List.of("NOUN", "X"), List.of("ADJ", "NOUN", "SYM", "X"))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("The three models tell different labels apart (ADJ, SYM only in source and both; X only in"
                        + " target and both). Name all labels under task.labels.");
    }

    @Test
    void the_same_labels_are_fine() {
        List<String> labels = List.of("a", "b");

        assertThatCode(() -> SameLabels.require(labels(labels, labels, labels))).doesNotThrowAnyException();
    }
}
