package dev.isogloss.trainer.progress;

import dev.isogloss.trainer.progress.RunEvent.StepProgressed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A step that runs: how far it is and how fast it got there.
///
/// @param first the first progress heard of what is being counted, from which speed is measured: a resumed
///              step starts in the middle, and an evaluation counts language by language
/// @param last  the latest
public record RunningStep(
        String title,
        Instant started,
        @Nullable StepProgressed first,
        Instant firstAt,
        @Nullable StepProgressed last,
        Instant lastAt) {

    public static RunningStep started(String title, Instant now) {
        return new RunningStep(title, now, null, now, null, now);
    }

    public RunningStep progressed(StepProgressed progress, Instant now) {
        return first == null || last == null || progress.update() < last.update() || progress.of() != last.of()
                ? new RunningStep(title, started, progress, now, progress, now)
                : new RunningStep(title, started, first, firstAt, progress, now);
    }

    /// The time that is left at the speed so far; empty before there is a speed.
    Optional<Duration> remaining(Instant now) {
        if (first == null || last == null || last.of() <= 0 || last.update() <= first.update()) return Optional.empty();
        double millisPerUpdate =
                (double) Duration.between(firstAt, lastAt).toMillis() / (last.update() - first.update());
        long left = Math.round(millisPerUpdate * (last.of() - last.update()))
                - Duration.between(lastAt, now).toMillis();
        return Optional.of(Duration.ofMillis(Math.max(0, left)));
    }

    /// Known facts, the most important first: "420 of 1,250 updates", "loss 0.482", "812 examples/s", "1:23 left".
    public List<String> facts(Instant now) {
        List<String> facts = new ArrayList<>();
        if (last == null) {
            facts.add("preparing, " + Clock.of(Duration.between(started, now)));
            return facts;
        }
        facts.add(count(last));
        if (!Double.isNaN(last.loss())) facts.add(String.format(Locale.ROOT, "loss %.4f", last.loss()));
        remaining(now).ifPresent(left -> facts.add(Clock.of(left) + " left"));
        if (last.examplesPerSecond() > 0) facts.add(speed(last.examplesPerSecond()) + " examples/s");
        return facts;
    }

    /// Only training has updates; what has no loss counts batches or texts.
    private static String count(StepProgressed progress) {
        String of = progress.of() > 0 ? String.format(Locale.ROOT, " of %,d", progress.of()) : "";
        String unit = Double.isNaN(progress.loss()) ? "" : " updates";
        return String.format(Locale.ROOT, "%,d%s%s", progress.update(), of, unit);
    }

    private static String speed(double perSecond) {
        return perSecond < 10
                ? String.format(Locale.ROOT, "%.1f", perSecond)
                : String.format(Locale.ROOT, "%,.0f", perSecond);
    }
}
