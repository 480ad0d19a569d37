package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.run.CoTrainingRunStatus;
import dev.isogloss.api.run.RoundStatus;
import dev.isogloss.operator.metrics.Telemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoundEventsTest {

    private static CoTrainingRunStatus status(Phase phase, int round, RoundStatus... rows) {
        return new CoTrainingRunStatus(
                new ExperimentStatus(phase, 1L, null, null, null, null, null, null, null),
                round,
                round + "/3",
                null,
                null,
                60L,
                null,
                List.of(rows));
    }

    private static RoundStatus row(int round, String model, @Nullable Long selected, @Nullable String agreement) {
        return new RoundStatus(round, model, 100L, 50L, selected, null, null, agreement, null, null, "0.7100", null);
    }

    @Test
    void the_end_of_a_round_is_an_event_with_what_each_model_did_in_it() {
        var events = RoundEvents.between(
                status(Phase.Running, 1),
                status(Phase.Running, 2, row(1, "lm", 30L, "0.8100"), row(1, "emb", 20L, "0.8100")));

        assertThat(events)
                .extracting(RoundEvents::sentence)
                .containsExactly("round 1 of 3 is complete: lm scores 0.7100, hands on 30 labels, agrees on 0.8100; "
                        + "emb scores 0.7100, hands on 20 labels, agrees on 0.8100");
    }

    @Test
    void the_last_round_ends_with_the_run_and_hands_nothing_on() {
        assertThat(RoundEvents.between(status(Phase.Running, 3), status(Phase.Running, 3)))
                .isEmpty();
        assertThat(RoundEvents.between(status(Phase.Running, 3), status(Phase.Succeeded, 3, row(3, "lm", null, null))))
                .extracting(RoundEvents::sentence)
                .containsExactly("round 3 of 3 is complete: lm scores 0.7100");
    }

    @Test
    void rounds_that_end_between_two_writes_all_have_an_event() {
        assertThat(RoundEvents.between(null, status(Phase.Succeeded, 3)))
                .extracting(RoundEvents::round)
                .containsExactly(1, 2, 3);
    }

    @Test
    void an_edit_that_goes_back_to_an_earlier_round_is_no_event() {
        assertThat(RoundEvents.between(status(Phase.Succeeded, 3), status(Phase.Running, 2)))
                .isEmpty();
    }

    @Test
    void rounds_are_counted_with_their_labels_and_how_far_models_agreed() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Telemetry telemetry = new Telemetry(registry);

        telemetry.round(List.of(row(1, "lm", 30L, "0.8000"), row(1, "emb", 20L, "0.8000")));
        telemetry.round(List.of(row(2, "lm", 10L, "0.9000"), row(2, "emb", null, null)));

        assertThat(registry.counter("isogloss.rounds").count()).isEqualTo(2);
        assertThat(registry.counter("isogloss.pseudo.labels").count()).isEqualTo(60);
        assertThat(registry.summary("isogloss.agreement").count()).isEqualTo(3);
        assertThat(registry.summary("isogloss.agreement").max()).isEqualTo(0.9);
    }
}
