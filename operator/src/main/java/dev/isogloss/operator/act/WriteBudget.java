package dev.isogloss.operator.act;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Rate limit of the writes that can wait: that a pod runs, that three of seven steps are done, ordinary events. While
/// little happens, all of them are written at once. When ten steps end each second, resources take turns, and each
/// writes its state as it is at its turn, so that such writes do not take the API server's time from work. Writes
/// that cannot wait (a step's end, a failure, what holds up a pod) do not ask here.
public final class WriteBudget {
    private static final Duration SAVED = Duration.ofSeconds(30);

    /// Reservations of resources that were deleted meanwhile are never used.
    private static final Duration LAPSED = Duration.ofMinutes(10);

    private static final int MANY = 10_000;

    private final InstantSource clock;
    private final Duration interval;
    private final Map<String, Instant> reservations = new HashMap<>();
    private Instant next = Instant.MIN;

    /// @param perSecond such writes a second, above 0; unused ones are saved for half a minute
    public WriteBudget(double perSecond, InstantSource clock) {
        if (!(perSecond > 0)) throw new IllegalArgumentException("a budget of " + perSecond + " writes a second");
        this.clock = clock;
        this.interval = Duration.ofNanos(Math.round(1e9 / perSecond));
    }

    /// Reserves a write, or asks whether the time of the one reserved has come.
    ///
    /// @param resource keeps the same reservation until it is used or released
    /// @return how long to wait; zero permits one write, and this call has used it
    public synchronized Duration acquire(String resource) {
        Instant now = clock.instant();
        if (reservations.size() > MANY) reservations.values().removeIf(time -> time.isBefore(now.minus(LAPSED)));
        Instant reserved = reservations.computeIfAbsent(resource, _ -> reserve(now));
        if (reserved.isAfter(now)) return Duration.between(now, reserved);
        reservations.remove(resource);
        return Duration.ZERO;
    }

    /// For a write that is left out if it cannot be made now.
    public synchronized boolean tryAcquire() {
        Instant now = clock.instant();
        if (earliest(now).isAfter(now)) return false;
        reserve(now);
        return true;
    }

    /// Gives up the reservation of a resource whose status was written without it.
    public synchronized void release(String resource) {
        if (reservations.remove(resource) != null) next = next.minus(interval);
    }

    private Instant reserve(Instant now) {
        Instant reserved = earliest(now);
        next = reserved.plus(interval);
        return reserved;
    }

    private Instant earliest(Instant now) {
        Instant oldest = now.minus(SAVED);
        return next.isBefore(oldest) ? oldest : next;
    }
}
