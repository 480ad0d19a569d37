package dev.isogloss.operator.act;

import java.time.Duration;

/// Delays before the next pass over a resource whose watch may stay silent.
public final class RequeueAfter {
    /// After a write conflict: the other write arrives by the watch within moments.
    public static final Duration CONFLICT = Duration.ofMillis(250);

    /// While the API server refuses something: a quota may free up, a webhook may come back or a policy may change
    /// without an event that we see.
    public static final Duration BLOCKED = Duration.ofSeconds(30);

    /// While a step is being deleted that an experiment waits for without owning it: only its owners hear of its end.
    public static final Duration LEAVING = Duration.ofSeconds(2);

    private RequeueAfter() {}
}
