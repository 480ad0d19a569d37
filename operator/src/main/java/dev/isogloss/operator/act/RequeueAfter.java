package dev.isogloss.operator.act;

import java.time.Duration;

/// When to look again at what nothing may be heard of.
public final class RequeueAfter {
    /// When somebody else wrote at the same time, what they wrote is here soon.
    public static final Duration SOON = Duration.ofMillis(250);

    /// A quota may free up, a webhook may come back, and somebody may change a policy, without an event that we see.
    public static final Duration LATER = Duration.ofSeconds(30);

    private RequeueAfter() {}
}
