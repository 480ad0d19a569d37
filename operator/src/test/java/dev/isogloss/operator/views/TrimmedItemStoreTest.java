package dev.isogloss.operator.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.operator.StepFixtures;
import dev.isogloss.result.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrimmedItemStoreTest {
    @Test
    void a_short_result_is_kept_and_a_long_one_is_asked_for() {
        String result = StepFixtures.resultOf(StepFixtures.KEY);

        assertThat(lastWords(result + " ".repeat(1500))).isInstanceOf(TerminationMessage.Result.class);
        assertThat(lastWords(result + " ".repeat(2500))).isInstanceOf(TerminationMessage.Nothing.class);
    }

    private static TerminationMessage lastWords(String message) {
        Pod pod = StepFixtures.ended("p1", 0, null, message);
        var store = Objects.requireNonNull(TrimmedItemStore.pods(1));
        store.put("research/p1", pod);
        return new PodView(store.get("research/p1")).lastWords();
    }

    @Test
    void the_time_that_a_pod_held_its_devices_outlives_its_slimming() {
        Pod pod = new PodBuilder(StepFixtures.ended("p1", 1, "Error", "lost"))
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .addToLimits("nvidia.com/gpu", new Quantity("2"))
                .addToLimits("memory", new Quantity("8Gi"))
                .endResources()
                .endContainer()
                .endSpec()
                .editStatus()
                .editFirstContainerStatus()
                .editState()
                .editTerminated()
                .withStartedAt("2026-01-01T00:01:00Z")
                .withFinishedAt("2026-01-01T00:04:00Z")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
        Objects.requireNonNull(TrimmedItemStore.pods(1)).put("research/p1", pod);

        assertThat(new PodView(pod).deviceSeconds()).isEqualTo(Map.of("nvidia.com/gpu", 360.0));
    }

    @Test
    void several_namespaces_share_no_store() {
        assertThat(TrimmedItemStore.pods(2)).isNull();
    }
}
