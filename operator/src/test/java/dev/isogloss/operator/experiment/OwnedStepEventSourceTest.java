package dev.isogloss.operator.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.operator.StepFixtures;
import dev.isogloss.resource.TransferExperiment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnedStepEventSourceTest {

    @Test
    void a_step_is_told_to_experiments_that_are_under_way_or_not_known_yet() {
        TransferExperiment ended = StepFixtures.experiment();
        ended.setSpec(null); // as the caches keep it

        assertThat(OwnedStepEventSource.hasEnded(Optional.of(StepFixtures.experiment())))
                .isFalse();
        assertThat(OwnedStepEventSource.hasEnded(Optional.<TransferExperiment>empty()))
                .isFalse();
        assertThat(OwnedStepEventSource.hasEnded(Optional.of(ended))).isTrue();
    }
}
