package dev.isogloss.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.resource.TrainingStep;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Telemetry telemetry = new Telemetry(registry);

    private static TrainingStepStatus status(
            Phase phase, String condition, String reason, @Nullable String start, @Nullable String end) {
        return new TrainingStepStatus(
                phase,
                1L,
                List.of(new Condition(condition, "True", 1L, "2026-01-01T00:01:00Z", reason, "")),
                StepFixtures.NAME,
                1,
                false,
                null,
                null,
                false,
                null,
                null,
                start,
                end);
    }

    @Test
    void steps_that_followed_count_as_others_do() {
        TrainingStepStatus done =
                status(Phase.Succeeded, "Complete", "ResultRecorded", "2026-01-01T00:01:00Z", "2026-01-01T00:04:00Z");
        FollowUpResult evaluation = new FollowUpResult("e".repeat(64), "Evaluate", true, null, null, false, null, null);
        telemetry.statusWritten(
                StepFixtures.step(),
                new TrainingStepStatus(
                        done.phase(),
                        done.observedGeneration(),
                        done.conditions(),
                        done.job(),
                        done.attempts(),
                        done.reused(),
                        done.scores(),
                        done.facts(),
                        done.keptModel(),
                        done.digests(),
                        done.labelSketch(),
                        done.startTime(),
                        done.completionTime(),
                        List.of(evaluation, evaluation)),
                Map.of(),
                Instant.parse("2026-01-01T00:04:00Z"));

        assertThat(registry.get("isogloss.steps.succeeded")
                        .tag("kind", "Evaluate")
                        .tag("reused", "true")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void a_steps_way_is_counted_and_timed() {
        TrainingStep step = StepFixtures.step();
        step.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        TrainingStepStatus running = status(Phase.Running, "Progressing", "PodRunning", "2026-01-01T00:01:00Z", null);
        telemetry.started(step);
        telemetry.statusWritten(step, running, Map.of(), Instant.parse("2026-01-01T00:01:00Z"));
        step.setStatus(running);
        telemetry.statusWritten(
                step,
                status(Phase.Succeeded, "Complete", "ResultRecorded", "2026-01-01T00:01:00Z", "2026-01-01T00:04:00Z"),
                Map.of("nvidia.com/gpu", 360.0),
                Instant.parse("2026-01-01T00:04:00Z"));

        assertThat(registry.get("isogloss.steps.started").counter().count()).isEqualTo(1);
        assertThat(registry.get("isogloss.steps.succeeded").counter().count()).isEqualTo(1);
        assertThat(registry.get("isogloss.step.queue").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(60);
        assertThat(registry.get("isogloss.step.run").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(180);
        assertThat(registry.get("isogloss.device.seconds")
                        .tag("resource", "nvidia.com/gpu")
                        .counter()
                        .count())
                .isEqualTo(360);
        assertThat(registry.get("isogloss.transitions")
                        .tag("from", "Running")
                        .tag("to", "Succeeded")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(180);
    }

    @Test
    void what_came_to_run_late_ran_from_its_start() {
        List<Condition> since = List.of(
                new Condition("Progressing", "True", 1L, "2026-01-01T00:00:00Z", "PodRunning", ""),
                new Condition("Failed", "False", 1L, "2025-12-31T00:00:00Z", "NotFailed", ""));

        assertThat(Telemetry.since(Phase.Running, since, "2026-01-01T01:00:00Z"))
                .isEqualTo("2026-01-01T01:00:00Z");
        assertThat(Telemetry.since(Phase.Pending, since, "2025-12-31T12:00:00Z"))
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(Telemetry.since(null, null, null)).isNull();
    }

    @Test
    void failures_are_counted_by_reason() {
        TrainingStep step = StepFixtures.step();
        step.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        telemetry.statusWritten(
                step,
                status(Phase.Failed, "Failed", "OutOfMemory", null, "2026-01-01T00:04:00Z"),
                Map.of(),
                Instant.parse("2026-01-01T00:04:00Z"));

        assertThat(registry.get("isogloss.steps.failed")
                        .tag("reason", "OutOfMemory")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void resources_are_counted_by_phase_when_asked() {
        telemetry.countByPhase("TrainingStep", () -> Stream.of(Optional.of(Phase.Running), Optional.empty()));

        assertThat(registry.get("isogloss.resources")
                        .tag("phase", "Running")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("isogloss.resources")
                        .tag("phase", "Pending")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void no_metric_names_a_resource() {
        a_steps_way_is_counted_and_timed();

        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTags())
                        .noneMatch(tag -> tag.getValue().contains(StepFixtures.NAME)));
    }

    @ParameterizedTest
    @CsvSource({
        "/apis/batch/v1/namespaces/lab/jobs/train-1, jobs",
        "/apis/isogloss.dev/v1alpha1/namespaces/lab/trainingsteps/train-1/status, trainingsteps/status",
        "/apis/isogloss.dev/v1alpha1/trainingsteps, trainingsteps",
        "/api/v1/namespaces/lab/pods, pods",
        "/api/v1/namespaces/lab, namespaces",
        "/version, other"
    })
    void requests_are_counted_by_what_they_are_about(String path, String resource) {
        assertThat(ApiMetrics.resource(URI.create("https://api" + path))).isEqualTo(resource);
    }

    @Test
    void a_pass_that_never_ends_is_noticed() throws Exception {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        PassWatchdog watchdog = new PassWatchdog(Metrics.NOOP, () -> now[0]);
        Duration seen = watchdog.timeControllerExecution(new Metrics.ControllerExecution<>() {
            @Override
            public String name() {
                return "reconcile";
            }

            @Override
            public String controllerName() {
                return "test";
            }

            @Override
            public String successTypeName(Duration result) {
                return "";
            }

            @Override
            public io.javaoperatorsdk.operator.processing.event.ResourceID resourceID() {
                return new io.javaoperatorsdk.operator.processing.event.ResourceID("a", "b");
            }

            @Override
            public Map<String, Object> metadata() {
                return Map.of();
            }

            @Override
            public Duration execute() {
                now[0] = now[0].plusSeconds(600);
                return watchdog.longestPass().orElseThrow();
            }
        });

        assertThat(seen).isEqualTo(Duration.ofMinutes(10));
        assertThat(watchdog.longestPass()).isEmpty();
    }
}
