package dev.isogloss.trainer.progress;

import dev.isogloss.report.DisplayWidth;
import dev.isogloss.trainer.progress.RunEvent.StepProgressed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A picture of a run at one moment:
///
///     quickstart ━━━━━━━━━━━━────────────── 9 of 21 steps · 3 reused · 1 running · 4:12
///       fineTune en, seed 1  ━━━━━──────  420 of 1,250 updates · loss 0.4821 · 1:23 left · 812 examples/s
final class Frame {
    private static final int BAR = 24;
    private static final int STEP_BAR = 12;
    private static final int ROWS = 8;

    private final TerminalStyle style;
    private final int width;
    private final Instant now;

    private Frame(TerminalStyle style, int width, Instant now) {
        this.style = style;
        this.width = width;
        this.now = now;
    }

    /// The lines to show, none wider than `width` columns.
    static List<String> of(RunState state, TerminalStyle style, int width, Instant now) {
        Frame frame = new Frame(style, width, now);
        List<String> lines = new ArrayList<>();
        lines.add(frame.summary(state));
        List<RunningStep> running = List.copyOf(state.running().values());
        int titles = running.stream()
                .mapToInt(step -> DisplayWidth.of(step.title()))
                .max()
                .orElse(0);
        running.stream().limit(ROWS).forEach(step -> lines.add(frame.step(step, titles)));
        if (running.size() > ROWS) lines.add(frame.line("  and " + (running.size() - ROWS) + " more"));
        state.awaited().values().stream()
                .limit(ROWS)
                .forEach(title -> lines.add(frame.line("  %s: another process is on it".formatted(title))));
        if (state.stopping())
            lines.add(frame.line("  stopping: writing checkpoints (the same command goes on from there)"));
        return lines;
    }

    private String summary(RunState state) {
        List<String> parts = new ArrayList<>();
        parts.add("%d of %d steps".formatted(state.done(), state.total()));
        if (state.reused() > 0) parts.add(state.reused() + " reused");
        if (!state.running().isEmpty()) parts.add(state.running().size() + " running");
        if (state.failed() > 0) parts.add(style.red(state.failed() + " failed"));
        if (state.skipped() > 0) parts.add(state.skipped() + " skipped");
        parts.add(Clock.of(Duration.between(state.started(), now)));
        String name = DisplayWidth.fit(state.name(), Math.max(8, width / 3), style.ellipsis());
        return fitted(style.bold(name), DisplayWidth.of(name), bar(state.done(), state.total(), BAR), BAR, parts);
    }

    private String step(RunningStep step, int titles) {
        int columns = Math.min(titles, Math.max(8, width / 2 - 2));
        String title = "  " + DisplayWidth.padded(DisplayWidth.fit(step.title(), columns, style.ellipsis()), columns);
        StepProgressed last = step.last();
        if (last == null || last.of() <= 0) return fitted(title, DisplayWidth.of(title), "", 0, step.facts(now));
        return fitted(
                title, DisplayWidth.of(title), bar(last.update(), last.of(), STEP_BAR), STEP_BAR, step.facts(now));
    }

    /// Head, bar and as many of the parts as fit; the bar goes first when there is no room for the first part.
    private String fitted(String head, int headWidth, String bar, int barWidth, List<String> parts) {
        boolean showBar = barWidth > 0 && headWidth + barWidth + 2 + DisplayWidth.of(plain(parts.getFirst())) <= width;
        StringBuilder line = new StringBuilder(head).append(showBar ? " " + bar : "");
        int used = headWidth + (showBar ? 1 + barWidth : 0);
        String separator = " ";
        for (String part : parts) {
            int columns = DisplayWidth.of(separator) + DisplayWidth.of(plain(part));
            if (used + columns > width) break;
            line.append(separator).append(part);
            used += columns;
            separator = style.separator();
        }
        return used <= width ? line.toString() : line(plain(line.toString()));
    }

    private String bar(long done, long of, int columns) {
        int filled = of <= 0 ? columns : (int) Math.clamp(done * columns / of, 0, columns);
        return style.green(style.filled().repeat(filled))
                + style.faint(style.empty().repeat(columns - filled));
    }

    private String line(String text) {
        return DisplayWidth.fit(text, width, style.ellipsis());
    }

    private static String plain(String painted) {
        return painted.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
