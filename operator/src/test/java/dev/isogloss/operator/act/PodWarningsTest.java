package dev.isogloss.operator.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is told of a pod that stays at `ContainerCreating`.
class PodWarningsTest {
    private static final Event ATTACH = event("Warning", "FailedAttachVolume", "00:01", "Multi-Attach error");
    private static final Event MOUNT = event("Warning", "FailedMount", "02:05", "unmounted volumes=[store]");

    private static Event event(String type, String reason, String time, String message) {
        return new EventBuilder()
                .withType(type)
                .withReason(reason)
                .withLastTimestamp("2026-01-01T00:" + time + "Z")
                .withMessage(message)
                .build();
    }

    @Test
    void the_cause_that_was_told_once_comes_before_what_is_told_since() {
        assertThat(PodWarnings.of(List.of(MOUNT, ATTACH)))
                .contains("FailedAttachVolume: Multi-Attach error; FailedMount: unmounted volumes=[store]");
    }

    @Test
    void of_warnings_that_are_repeated_the_last_one_counts() {
        Event first = event("Warning", "FailedMount", "00:30", "timed out");

        assertThat(PodWarnings.of(List.of(MOUNT, first))).contains("FailedMount: unmounted volumes=[store]");
    }

    @Test
    void a_warning_is_over_once_the_node_pulls_the_image() {
        Event pulling = event("Normal", "Pulling", "03:00", "Pulling image");

        assertThat(PodWarnings.of(List.of(ATTACH, MOUNT, pulling))).isEmpty();
    }

    @Test
    void a_volume_that_is_attached_does_not_hide_another_one_that_is_not() {
        Event other = event("Normal", "SuccessfulAttachVolume", "00:02", "data is attached");

        assertThat(PodWarnings.of(List.of(ATTACH, other))).contains("FailedAttachVolume: Multi-Attach error");
    }

    @Test
    void what_the_scheduler_said_before_the_pod_had_a_node_is_left_out() {
        Event before = event("Warning", "FailedScheduling", "00:00", "0/3 nodes are available");

        assertThat(PodWarnings.of(List.of(before))).isEmpty();
    }

    @Test
    void an_event_of_the_newer_form_has_its_time_elsewhere() {
        Event network = new EventBuilder()
                .withType("Warning")
                .withReason("FailedCreatePodSandBox")
                .withNewEventTime("2026-01-01T00:04:00.123456Z")
                .withMessage("no address")
                .build();
        Event pulled = event("Normal", "Pulled", "03:00", "an init container's image");

        assertThat(PodWarnings.of(List.of(network, pulled))).contains("FailedCreatePodSandBox: no address");
    }
}
