package dev.isogloss.trainer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.DisplayWidth;
import dev.isogloss.trainer.progress.RunEvent.RunStarted;
import dev.isogloss.trainer.progress.RunEvent.StepProgressed;
import dev.isogloss.trainer.progress.RunEvent.StepStarted;
import dev.isogloss.trainer.store.StepFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    private static final TerminalStyle UNICODE = new TerminalStyle(false, true);

    private final Ticking clock = new Ticking();
    private final RunState state = new RunState();

    private void happens(RunEvent event) {
        state.apply(event, clock.instant());
    }

    private List<String> frame(int width) {
        return Frame.of(state, UNICODE, width, clock.instant());
    }

    private void aTrainingIsUnderway() {
        StepKey key = StepFixtures.key("en");
        happens(new RunStarted("quickstart", ".isogloss", 21, 7));
        happens(new StepStarted(key, "fineTune en, seed 1", ""));
        happens(new StepProgressed(key, "fineTune en, seed 1", 20, 1250, 1.2, 800, 9000));
        clock.pass(40);
        happens(new StepProgressed(key, "fineTune en, seed 1", 420, 1250, 0.48214, 812.4, 9000));
    }

    @Test
    void a_wide_terminal_shows_everything() {
        aTrainingIsUnderway();

        assertThat(frame(110))
                .containsExactly(
                        "quickstart ━━━━━━━━──────────────── 7 of 21 steps · 7 reused · 1 running · 0:40",
                        "  fineTune en, seed 1 ━━━━──────── 420 of 1,250 updates · loss 0.4821 · 1:23 left · 812 examples/s");
    }

    @Test
    void a_narrow_terminal_shows_what_matters_most() {
        aTrainingIsUnderway();

        assertThat(frame(50))
                .containsExactly(
                        "quickstart ━━━━━━━━──────────────── 7 of 21 steps",
                        "  fineTune en, seed 1 420 of 1,250 updates");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 30, 47, 79, 80, 119, 200})
    void no_line_is_wider_than_the_terminal(int width) {
        aTrainingIsUnderway();
        happens(new StepStarted(StepFixtures.key("ja"), "事前学習 日本語の長い名前 seed 1", ""));

        assertThat(frame(width))
                .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(width));
    }

    @Test
    void a_step_without_progress_says_how_long_it_has_been_preparing() {
        happens(new RunStarted("quickstart", ".isogloss", 3, 0));
        happens(new StepStarted(StepFixtures.key("en"), "pretrain", ""));
        clock.pass(7);

        assertThat(frame(80)).contains("  pretrain preparing, 0:07");
    }

    @Test
    void a_resumed_step_measures_its_speed_from_where_it_resumed() {
        happens(new RunStarted("quickstart", ".isogloss", 1, 0));
        happens(new StepStarted(StepFixtures.key("en"), "en", ""));
        happens(new StepProgressed(StepFixtures.key("en"), "en", 900, 1000, Double.NaN, Double.NaN, Double.NaN));
        clock.pass(10);
        happens(new StepProgressed(StepFixtures.key("en"), "en", 950, 1000, Double.NaN, Double.NaN, Double.NaN));

        assertThat(frame(80)).contains("  en ━━━━━━━━━━━─ 950 of 1,000 · 0:10 left");
    }

    @Test
    void what_is_counted_anew_is_measured_anew() {
        happens(new RunStarted("quickstart", ".isogloss", 1, 0));
        happens(new StepStarted(StepFixtures.key("en"), "en", ""));
        counted(44, 2565);
        clock.pass(100);
        counted(2565, 2565);
        counted(47, 2000);
        clock.pass(10);
        counted(147, 2000);
        assertThat(frame(80)).as("of another language").contains("  en ──────────── 147 of 2,000 · 3:05 left");

        counted(100, 2000);
        clock.pass(10);
        counted(1100, 2000);
        assertThat(frame(80)).as("of a third, just as long").contains("  en ━━━━━━────── 1,100 of 2,000 · 0:09 left");
    }

    private void counted(int update, int of) {
        happens(new StepProgressed(StepFixtures.key("en"), "en", update, of, Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void ascii_terminals_get_ascii() {
        aTrainingIsUnderway();

        assertThat(Frame.of(state, TerminalStyle.PLAIN, 110, clock.instant()).getFirst())
                .isEqualTo("quickstart ########---------------- 7 of 21 steps, 7 reused, 1 running, 0:40");
    }
}
