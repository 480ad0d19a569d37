package dev.isogloss.operator.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.PodOverrides;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Pods of an installation that says where trainers may run.
class PodDefaultsTest {
    private static final OperatorSettings SETTINGS = StepFixtures.settings("isogloss.trainer.pod", """
            {"nodeSelector":{"kubernetes.io/arch":"amd64","pool":"any"},"priorityClassName":"low",
             "tolerations":[{"key":"lab","operator":"Exists"}],
             "env":[{"name":"HTTPS_PROXY","value":"http://proxy.lab:3128"},{"name":"NO_PROXY","value":".svc"}]}""");

    private static PodSpec pod(String overrides) {
        PodOverrides given = SettingsReader.ofRuntime(PodOverrides.class, "pod", "runtime.pod", overrides);
        Runtime of = StepFixtures.RUNTIME;
        var runtime = new Runtime(
                null, null, null, of.parallelism(), null, 3, of.failurePolicy(), of.maxFailedSteps(), null, 60, given);
        return StepPod.of(StepFixtures.step(StepFixtures.spec(runtime, false), 1, null), SETTINGS)
                .getSpec();
    }

    private static Map<String, String> variables(PodSpec pod) {
        return pod.getContainers().getFirst().getEnv().stream()
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    @Test
    void what_an_installation_says_holds_for_every_experiment() {
        PodSpec pod = pod("{}");

        assertThat(pod.getNodeSelector()).containsEntry("kubernetes.io/arch", "amd64");
        assertThat(pod.getPriorityClassName()).isEqualTo("low");
        assertThat(pod.getTolerations()).extracting(Toleration::getKey).containsExactly("lab");
        assertThat(variables(pod)).containsEntry("HTTPS_PROXY", "http://proxy.lab:3128");
    }

    @Test
    void an_experiment_goes_before_it_entry_by_entry() {
        PodSpec pod = pod("""
                {"nodeSelector":{"pool":"gpu"},"priorityClassName":"high",
                 "tolerations":[{"key":"nvidia.com/gpu","operator":"Exists"}],
                 "env":[{"name":"NO_PROXY","value":"minio.lab"}]}""");

        assertThat(pod.getNodeSelector()).isEqualTo(Map.of("kubernetes.io/arch", "amd64", "pool", "gpu"));
        assertThat(pod.getPriorityClassName()).isEqualTo("high");
        assertThat(pod.getTolerations()).extracting(Toleration::getKey).containsExactly("nvidia.com/gpu", "lab");
        assertThat(variables(pod))
                .containsEntry("HTTPS_PROXY", "http://proxy.lab:3128")
                .containsEntry("NO_PROXY", "minio.lab");
    }

    @Test
    void an_operator_with_a_setting_that_means_nothing_does_not_start() {
        assertThatThrownBy(() -> StepFixtures.settings("isogloss.trainer.pod", "{\"nodeSelektor\":{}}"))
                .hasStackTraceContaining("isogloss.trainer.pod")
                .hasStackTraceContaining("nodeSelektor");
    }
}
