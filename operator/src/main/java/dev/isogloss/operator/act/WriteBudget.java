package dev.isogloss.operator.act;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Spreads what may be said later: that a pod runs, that three of seven steps are done, what a person reads in events.
/// A lab at leisure is told everything at once. One that ends ten steps a second is told such things in turn, each as
/// it is then, so that they do not take the API server's time from work. What must be known (a step's end, a failure,
/// what holds up a pod) does not ask here.
public final class WriteBudget {
    private static final Duration SAVED = Duration.ofSeconds(30);

    /// Turns of resources that were deleted meanwhile are never asked for again.
    private static final Duration LAPSED = Duration.ofMinutes(10);

    private static final int MANY = 10_000;

    private final InstantSource clock;
    private final Duration interval;
    private final Map<String, Instant> turns = new HashMap<>();
    private Instant next = Instant.MIN;

    /// @param perSecond how many such writes a second, above 0; what was not used is saved for half a minute
    public WriteBudget(double perSecond, InstantSource clock) {
        if (!(perSecond > 0)) throw new IllegalArgumentException("a pace of " + perSecond + " writes a second");
        this.clock = clock;
        this.interval = Duration.ofNanos(Math.round(1e9 / perSecond));
    }

    /// Asks for a turn, or whether one's turn has come.
    ///
    /// @param who keeps the same turn until it is used or given back
    /// @return how long to wait; zero is a turn, which is used by this very call
    public synchronized Duration turn(String who) {
        Instant now = clock.instant();
        if (turns.size() > MANY) turns.values().removeIf(turn -> turn.isBefore(now.minus(LAPSED)));
        Instant mine = turns.computeIfAbsent(who, _ -> book(now));
        if (mine.isAfter(now)) return Duration.between(now, mine);
        turns.remove(who);
        return Duration.ZERO;
    }

    /// For what need not be said at all if it cannot be said now.
    public synchronized boolean now() {
        Instant now = clock.instant();
        if (earliest(now).isAfter(now)) return false;
        book(now);
        return true;
    }

    /// What is known anyway needs no turn any more; others get it.
    public synchronized void giveBack(String who) {
        if (turns.remove(who) != null) next = next.minus(interval);
    }

    private Instant book(Instant now) {
        Instant mine = earliest(now);
        next = mine.plus(interval);
        return mine;
    }

    private Instant earliest(Instant now) {
        Instant oldest = now.minus(SAVED);
        return next.isBefore(oldest) ? oldest : next;
    }
}
