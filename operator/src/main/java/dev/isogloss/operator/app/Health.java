package dev.isogloss.operator.app;

import dev.isogloss.operator.metrics.PassWatchdog;
import io.javaoperatorsdk.operator.Operator;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/// Health checks. Readiness comes from the framework: the operator is started, and its watches are healthy.
@Singleton
public class Health {
    /// Passes wait only for answers of the API server, which time out far sooner.
    private static final Duration STUCK = Duration.ofMinutes(5);

    @Produces
    @Singleton
    @Startup
    HealthCheck started(Operator operator) {
        return () -> HealthCheckResponse.named("operator started")
                .status(operator.getRuntimeInfo().isStarted())
                .build();
    }

    /// An API server that is away is no reason to restart; a thread that is stuck is.
    @Produces
    @Singleton
    @Liveness
    HealthCheck alive(PassWatchdog watchdog) {
        return () -> {
            Duration longest = watchdog.longestPass().orElse(Duration.ZERO);
            return HealthCheckResponse.named("passes end")
                    .status(longest.compareTo(STUCK) < 0)
                    .withData("longestPassSeconds", longest.toSeconds())
                    .build();
        };
    }
}
