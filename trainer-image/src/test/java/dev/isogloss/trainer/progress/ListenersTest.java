package dev.isogloss.trainer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.DisplayWidth;
import dev.isogloss.trainer.store.StepFixtures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenersTest {
    private static final StepKey EN = StepFixtures.key("en");

    private final Ticking clock = new Ticking();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Sixty updates, one a second, and everything around them.
    private void aRun(RunListener listener) {
        listener.on(new RunEvent.RunStarted("quickstart", ".isogloss", 2, 1));
        listener.on(new RunEvent.StepStarted(EN, "fineTune en", "1 of 1 slots free; reads no other step"));
        listener.on(new RunEvent.StepNoted(EN, "fineTune en", "3 of 400 test texts also occur in train."));
        for (int update = 1; update <= 25; update++) {
            clock.pass(1);
            listener.on(new RunEvent.StepProgressed(EN, "fineTune en", update, 25, 1.0 / update, 8, Double.NaN));
        }
        listener.on(new RunEvent.StepSucceeded(EN, "fineTune en", 25.2, List.of()));
        listener.on(new RunEvent.RunFinished("Succeeded", 1, 1, 0, 0, 25.3));
        listener.close();
    }

    @Test
    void plain_lines_speak_every_ten_seconds() {
        aRun(new PlainLines(out, clock));

        assertThat(printed()).isEqualTo("""
                        quickstart: 2 steps, 1 of them in the store .isogloss
                        [1/2] fineTune en: started
                        [1/2] fineTune en: 3 of 400 test texts also occur in train.
                        [1/2] fineTune en: 10 of 25 updates, loss 0.1000, 0:15 left, 8.0 examples/s
                        [1/2] fineTune en: 20 of 25 updates, loss 0.0500, 0:05 left, 8.0 examples/s
                        [2/2] fineTune en: done in 0:25
                        """);
    }

    @Test
    void json_lines_are_one_event_each_without_what_is_not_known() {
        aRun(new JsonLines(out, clock));

        assertThat(printed().lines()).hasSize(30).startsWith("""
                        {"event":"RunStarted","time":"2026-01-31T10:00:00Z","name":"quickstart","store":".isogloss","total":2,"reused":1}""").contains("""
                        {"event":"StepProgressed","time":"2026-01-31T10:00:04Z","key":"%s","title":"fineTune en","update":4,"of":25,"loss":0.25,"examplesPerSecond":8.0}""".formatted(EN));
    }

    /// A longer line would break, and the next redraw would begin a row too low: the display would walk down the
    /// screen.
    @ParameterizedTest
    @ValueSource(ints = {6, 10, 20, 21, 40, 79, 120})
    void no_line_of_the_live_display_is_longer_than_the_terminal(int columns) {
        LiveDisplay display = new LiveDisplay(out, new TerminalStyle(true, true), () -> columns, clock);
        display.on(new RunEvent.RunStarted("an experiment with quite a long name", ".isogloss", 1_000, 3));
        for (int step = 0; step < 12; step++) {
            StepKey key = StepFixtures.key("step " + step);
            String title = "fine-tune 中文与日本語 on everything there is, seed " + step;
            display.on(new RunEvent.StepStarted(key, title, "1 of 1 slots free"));
            clock.pass(3);
            display.on(new RunEvent.StepProgressed(key, title, 100, 1_000_000, 0.5, 8_000, Double.NaN));
            clock.pass(3);
            display.on(new RunEvent.StepProgressed(key, title, 900, 1_000_000, 0.5, 8_000, Double.NaN));
            display.on(new RunEvent.StepAwaited(StepFixtures.key("other " + step), title, "another process"));
            display.on(new RunEvent.StepNoted(key, "a", "b"));

            assertThat(Screen.after(printed()))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThan(columns));
        }
        display.on(new RunEvent.StopRequested(12));
        display.on(new RunEvent.StepNoted(EN, "a", "b"));

        assertThat(Screen.after(printed()))
                .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThan(columns));
        display.close();
    }

    @Test
    void the_live_display_leaves_notes_and_nothing_else() {
        LiveDisplay display = new LiveDisplay(out, new TerminalStyle(false, true), () -> 80, clock);

        aRun(display);

        assertThat(Screen.after(printed())).containsExactly("fineTune en: 3 of 400 test texts also occur in train.");
        assertThat(printed()).endsWith("\u001b[?25h");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | Stopping: no step is running.",
                "1 | Stopping: the running step writes a checkpoint.",
                "2 | Stopping: 2 running steps write a checkpoint."
            })
    void plain_lines_say_what_a_stop_waits_for(int running, String said) {
        new PlainLines(out, clock).on(new RunEvent.StopRequested(running));

        assertThat(printed()).isEqualToIgnoringNewLines(said);
    }
}
