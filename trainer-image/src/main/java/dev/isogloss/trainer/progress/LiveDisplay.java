package dev.isogloss.trainer.progress;

import dev.isogloss.trainer.progress.RunEvent.StepFailed;
import dev.isogloss.trainer.progress.RunEvent.StepNoted;
import dev.isogloss.trainer.progress.RunEvent.StepRecomputed;
import dev.isogloss.trainer.progress.RunEvent.StopRepeated;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// A display of the run at the bottom of the terminal, redrawn in place five times a second and gone when the run ends.
/// Notes and failures stay above it. Each redraw is one write that overwrites line by line, so nothing
/// flickers.
public final class LiveDisplay implements RunListener {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream terminal;
    private final TerminalStyle style;
    private final IntSupplier width;
    private final InstantSource clock;
    private final RunState state = new RunState();
    private final ScheduledExecutorService redraws = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("display").factory());
    private int shown;
    private boolean closed;

    /// @param width the terminal's columns, asked before each redraw because windows are resized
    public LiveDisplay(PrintStream terminal, TerminalStyle style, IntSupplier width, InstantSource clock) {
        this.terminal = terminal;
        this.style = style;
        this.width = width;
        this.clock = clock;
        redraws.scheduleAtFixedRate(this::redraw, 0, 200, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void on(RunEvent event) {
        state.apply(event, clock.instant());
        switch (event) {
            case StepNoted note -> printAbove(style.faint(note.title() + ": " + note.text()));
            case StepRecomputed again -> printAbove(style.faint(again.title() + ": " + again.sentence()));
            case StepFailed failure -> printAbove(style.red(failure.title() + " failed: ") + failure.message());
            case StopRepeated _ -> printAbove(StopRepeated.MESSAGE);
            default -> {}
        }
    }

    private void printAbove(String text) {
        if (!closed) write(cursorToTop() + CLEAR_BELOW + text + "\n" + frame());
    }

    private synchronized void redraw() {
        if (!closed && state.total() > 0) write(HIDE_CURSOR + cursorToTop() + frame());
    }

    /// To the first column of the first line that is shown.
    private String cursorToTop() {
        String up = shown > 1 ? "\u001b[" + (shown - 1) + "A" : "";
        return shown > 0 ? up + "\r" : "";
    }

    /// The lines without a line break after the last: a full-height picture must not scroll.
    private String frame() {
        if (state.total() == 0) return "";
        List<String> lines = Frame.of(state, style, Math.max(1, width.getAsInt() - 1), clock.instant());
        shown = lines.size();
        return String.join(CLEAR_TO_END_OF_LINE + "\n", lines) + CLEAR_TO_END_OF_LINE + CLEAR_BELOW;
    }

    private void write(String text) {
        terminal.print(text);
        terminal.flush();
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        redraws.shutdownNow();
        write(cursorToTop() + CLEAR_BELOW + SHOW_CURSOR);
    }
}
