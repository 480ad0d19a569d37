package dev.isogloss.trainer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.trainer.data.LabelSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Shifts of priors worked out by hand.
class PriorShiftTest {
    private static final LabelSet LABELS = new LabelSet(List.of("a", "b"));
    private static final double[] SOURCE = {0.5, 0.5};
    private static final double[] TARGET = {0.2, 0.8};
    private static final double[] WEIGHTS = {0.6, 1.4};

    @Test
    void total_variation_is_half_the_sum_of_the_differences() {
        assertThat(PriorShift.totalVariation(SOURCE, TARGET)).isCloseTo(0.3, within(1e-12));
        assertThat(PriorShift.totalVariation(TARGET, TARGET)).isZero();
        assertThat(PriorShift.totalVariation(new double[] {1, 0}, new double[] {0, 1}))
                .isEqualTo(1);
    }

    /// p∘w = (.3, .7), of which .1 is left of .3.
    @Test
    void facts_say_what_shifted_and_how_much_of_it_the_weights_found() {
        Facts facts = PriorShift.of(SOURCE, TARGET, WEIGHTS).facts(LABELS);

        assertThat(facts.details(Fact.Prior))
                .containsOnlyKeys("source.a", "source.b", "target.a", "target.b")
                .containsEntry("source.a", 0.5)
                .containsEntry("target.b", 0.8);
        assertThat(facts.details(Fact.Weight)).containsEntry("a", 0.6).containsEntry("b", 1.4);
        assertThat(facts.get(Fact.PriorShift).orElseThrow()).isCloseTo(0.3, within(1e-12));
        assertThat(facts.get(Fact.PriorShiftLeft).orElseThrow()).isCloseTo(0.1, within(1e-12));
        assertThat(facts.get(Fact.PriorCorrection).orElseThrow()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void where_the_target_has_no_labels_nothing_is_said_of_it() {
        Facts facts = PriorShift.of(SOURCE, new double[2], WEIGHTS).facts(LABELS);

        assertThat(facts.details(Fact.Prior)).containsOnlyKeys("source.a", "source.b");
        assertThat(facts.get(Fact.PriorShift)).isEmpty();
    }
}
