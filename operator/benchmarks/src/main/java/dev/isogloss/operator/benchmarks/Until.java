package dev.isogloss.operator.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// Waits for what nobody announces.
final class Until {
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private Until() {}

    interface Check {
        boolean holds() throws Exception;
    }

    /// @throws TimeoutException naming what did not happen
    static void holds(String what, Duration most, Check check) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        while (!check.holds()) {
            if (System.nanoTime() > end) throw new TimeoutException("not within " + most + ": " + what);
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    static void passed(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) LockSupport.parkNanos(end - System.nanoTime());
    }
}
