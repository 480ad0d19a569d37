package dev.isogloss.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StrikeTest {

    @Test
    void a_seed_draws_the_same_strikes_of_every_sort() {
        List<Strike> strikes = Strike.drawn(KillsE2E.SEED, KillsE2E.STRIKES, KillsE2E.MOST_APART);

        assertThat(strikes).hasSize(30).isEqualTo(Strike.drawn(KillsE2E.SEED, KillsE2E.STRIKES, KillsE2E.MOST_APART));
        for (Strike.Victim victim : Strike.Victim.values())
            for (Strike.Blow blow : Strike.Blow.values())
                assertThat(strikes).anyMatch(strike -> strike.victim() == victim && strike.blow() == blow);
    }
}
