package dev.isogloss.plan;

import dev.isogloss.Golden;
import dev.isogloss.planner.Examples;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Whole runs as stories. What the decider says is read there as prose: first the round, then what was done or
/// happened, to which step, and why.
class TranscriptTest {
    private static final Path STORIES = Path.of("src/test/resources/dev/isogloss/plan");
    private static final Plan QUICKSTART = Examples.edited("quickstart.yaml");

    private static void assertTold(String story, Simulation simulation) {
        Golden.assertHolds(STORIES.resolve(story + ".transcript"), simulation.toTheEnd());
    }

    @Test
    void the_quickstart_runs_two_steps_at_a_time() {
        assertTold("quickstart", new Simulation(QUICKSTART, 2, 7));
    }

    @Test
    void a_step_of_the_quickstart_fails() {
        assertTold(
                "quickstart-fails",
                new Simulation(QUICKSTART, 3, 2).failing("fineTune qal seed 2", "Java heap space is full."));
    }

    @Test
    void the_quickstart_is_suspended_and_goes_on() {
        assertTold("quickstart-suspended", new Simulation(QUICKSTART, 2, 3).suspended(6, 12));
    }

    @Test
    void the_quickstart_is_edited_half_way() {
        Plan slower = Examples.edited(
                "quickstart.yaml", "fineTune: {epochs: 3", "fineTune: {epochs: 6", "seeds: [1, 2, 3]", "seeds: [1, 2]");
        assertTold("quickstart-edited", new Simulation(QUICKSTART, 2, 4).edited(7, slower));
    }

    @Test
    void two_models_teach_each_other_for_two_rounds_over_an_encoder_that_is_there() {
        Plan run = Examples.edited(
                "papers/cotraining-yu-2021/reduced/packages.yaml",
                "rounds: 3",
                "rounds: 2",
                "seeds: [1, 2, 3, 4, 5]",
                "seeds: [1]");
        assertTold("co-training", new Simulation(run, 2, 5).holding(1));
    }

    @Test
    void adaptation_goes_on_beside_a_failure_and_a_watch_that_breaks() {
        Plan adaptation = Examples.edited(
                "papers/iwda-xian-2022/reduced/packages-italian.yaml", "seeds: [1, 2, 3, 4, 5]", "seeds: [1, 2]");
        assertTold(
                "iwda-with-lost-events",
                new Simulation(adaptation, 2, 26)
                        .continuing(2)
                        .failing("iwda-estimated it seed 1", "The loss is NaN.")
                        .deaf(6, 13)
                        .restarted(9));
    }
}
