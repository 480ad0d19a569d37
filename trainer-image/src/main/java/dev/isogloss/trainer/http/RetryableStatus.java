package dev.isogloss.trainer.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;

/// A response whose status may be better at the next attempt: the server is overloaded or restarts.
public class RetryableStatus extends IOException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    public RetryableStatus(int status, HttpHeaders headers) {
        super("status " + status);
        this.retryAfter = headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}")) // a date is left out: its clock may differ from ours
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    /// The time the server asks to wait; zero if it does not ask.
    Duration retryAfter() {
        return retryAfter;
    }
}
