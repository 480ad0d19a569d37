package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pods that the rules of a namespace refuse: the Job exists then, and nothing but an event of it says why it has none.
@ExtendWith(RealApiServer.class)
class PodRefusedIT {
    private static final String BY_QUOTA = "exceeded quota: small";
    private static final String BY_RANGE = "maximum cpu usage per Container is 4";

    @Test
    void what_refuses_pods_is_told_in_step_and_experiment_without_hurry_until_it_is_mended() {
        AtomicInteger requests = new AtomicInteger();
        Faults counted = new Faults((_, path, point, _) -> {
            if (point == Faults.Point.Before && path.contains("/namespaces/")) requests.incrementAndGet();
            return 0;
        });
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Succeed());
                RunningOperator operator = new RunningOperator(counted.client(), rig.namespace())) {
            assertThat(operator).isNotNull();
            Quota quota = new Quota(rig, "requests.example.com/gpu", 0);
            LimitRange range = rig.client().resource(atMostFourProcessors(rig)).create();
            rig.eventually(() -> assertThatThrownBy(() -> rig.client()
                            .resource(withProcessors(rig, "8"))
                            .dryRun()
                            .create())
                    .hasMessageContaining(BY_RANGE));
            restrict(rig);
            rig.apply(ofSeed("beyond-quota", 1, "{resources: {limits: {example.com/gpu: \"1\"}}}"));
            rig.apply(ofSeed("beyond-range", 2, "{resources: {limits: {cpu: \"8\"}}}"));
            rig.eventually(() -> {
                assertTold(rig, "beyond-quota", 1, BY_QUOTA);
                assertTold(rig, "beyond-range", 2, BY_RANGE);
            });

            int before = requests.get();
            Awaitility.await("no hot loop").during(Duration.ofSeconds(5)).until(() -> requests.get() - before <= 10);
            quota.delete();
            rig.client().resource(range).delete();
            rig.eventually(() -> {
                jobs.script(_ -> new Succeed());
                assertThat(rig.experiment("beyond-quota").getStatus().phase()).isEqualTo(Phase.Succeeded);
                assertThat(rig.experiment("beyond-range").getStatus().phase()).isEqualTo(Phase.Succeeded);
            });
            assertThat(jobs.made().values()).containsOnly(1).hasSize(4);
        }
    }

    private static String ofSeed(String name, int seed, String runtime) {
        return Manifests.small(name, "runtime: " + runtime).replace("seeds: [1, 2]", "seeds: [" + seed + "]");
    }

    private static void assertTold(OperatorRig rig, String name, int seed, String cause) {
        TrainingStep step = rig.step("fineTune qal seed " + seed);
        assertThat(step.getStatus().phase()).isEqualTo(Phase.Pending);
        assertThat(Conditions.find(step.getStatus().conditions(), ConditionType.Progressing))
                .hasValueSatisfying(condition -> {
                    assertThat(condition.reason()).isEqualTo(Reason.PodRefused.name());
                    assertThat(condition.message()).contains("the API server refuses its pod", cause);
                });
        assertThat(rig.condition(name, ConditionType.Progressing).message())
                .contains("the API server refuses its pod", cause);
    }

    /// The strictest of the Pod Security Standards holds, too: the pods of steps keep to it.
    private static void restrict(OperatorRig rig) {
        rig.client().namespaces().withName(rig.namespace()).edit(namespace -> new NamespaceBuilder(namespace)
                .editMetadata()
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build());
        Pod careless = withProcessors(rig, "1");
        rig.eventually(() -> assertThatThrownBy(
                        () -> rig.client().resource(careless).dryRun().create())
                .hasMessageContaining("violates PodSecurity"));
    }

    private static Pod withProcessors(OperatorRig rig, String number) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(rig.namespace())
                .withName("any")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("any")
                .withImage("any")
                .withNewResources()
                .addToLimits("cpu", new Quantity(number))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    private static LimitRange atMostFourProcessors(OperatorRig rig) {
        return new LimitRangeBuilder()
                .withNewMetadata()
                .withNamespace(rig.namespace())
                .withName("four")
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .addToMax("cpu", new Quantity("4"))
                .endLimit()
                .endSpec()
                .build();
    }
}
