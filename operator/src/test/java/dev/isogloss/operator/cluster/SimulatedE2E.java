package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The operator with the real Job controller, scheduler and garbage collector.
@ExtendWith(SimulatedCluster.class)
class SimulatedE2E {
    private static final String SCRIPTED =
            "runtime: {pod: {annotations: {sim.isogloss/run-for: never}}, resources: {limits: {\"nvidia.com/gpu\": \"1\"}}}";

    private OperatorRig lab = null;
    private PlayedPods pods = null;
    private RunningOperator operator = null;

    @BeforeEach
    void start() {
        lab = new OperatorRig(SimulatedCluster.client());
        pods = new PlayedPods(lab.client(), lab.namespace(), _ -> true);
        operator = new RunningOperator(SimulatedCluster.client(), lab.namespace());
    }

    @AfterEach
    void stop() {
        operator.close();
        pods.close();
        lab.close();
    }

    @Test
    void the_quickstart_runs_to_its_results() {
        lab.apply(Manifests.quickstart() + "  runtime: {pod: {annotations: {sim.isogloss/run-for: never}}}\n");
        ExperimentStatus status = lab.await("quickstart", ConditionType.Complete);

        assertThat(status.progress()).isEqualTo("7/7");
        assertThat(status.results()).hasSize(5);
        assertThat(lab.jobs()).hasSize(7).allMatch(job -> job.getStatus().getSucceeded() == 1);
    }

    @Test
    void an_evicted_pod_is_replaced_and_not_counted() {
        pods.let(_ -> false);
        lab.apply(Manifests.small("evicted", SCRIPTED));
        lab.eventually(() -> assertThat(lab.running()).hasSize(2));
        Pod victim = lab.running().getFirst();
        assertThat(lab.client().pods().resource(victim).evict()).isTrue();
        lab.eventually(() -> assertThat(lab.running()).hasSize(2).noneMatch(pod -> pod.getMetadata()
                .getUid()
                .equals(victim.getMetadata().getUid())));
        pods.let(_ -> true);

        lab.await("evicted", ConditionType.Complete);
        assertThat(lab.failures()).containsOnly(0);
    }

    @Test
    void wrong_input_fails_at_once_and_with_its_sentence() {
        pods.let(_ -> false);
        lab.apply(Manifests.small("wrong", SCRIPTED));
        lab.eventually(() -> assertThat(lab.running()).hasSize(2));
        pods.end(lab.running().getFirst(), 2, "{\"error\":\"train.jsonl line 17: no label.\"}");
        lab.await("wrong", ConditionType.Failed);

        assertThat(lab.condition("wrong", ConditionType.Failed).message()).endsWith("train.jsonl line 17: no label.");
        assertThat(lab.running()).as("the sibling was stopped").isEmpty();
    }

    @Test
    void a_pod_that_no_node_takes_says_why() {
        lab.apply(Manifests.small("greedy", "runtime: {resources: {limits: {\"nvidia.com/gpu\": \"64\"}}}"));

        lab.await(
                "greedy",
                status -> status.conditions() != null
                        && status.conditions().stream()
                                .anyMatch(condition -> condition.message().contains("Insufficient nvidia.com/gpu")));
        assertThat(lab.step("fineTune qal seed 1").getStatus().conditions())
                .anyMatch(condition -> condition.reason().equals(Reason.Unschedulable.name()));
        assertThat(lab.experiment("greedy").getStatus().phase()).isEqualTo(Phase.Pending);
    }

    @Test
    void a_pod_that_the_api_server_refuses_says_why() {
        var quota = lab.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(lab.namespace())
                        .withName("no-pods")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("0"))
                        .endSpec()
                        .build());
        quota.create();
        lab.apply(Manifests.small("forbidden", SCRIPTED));
        lab.eventually(() -> {
            assertThat(lab.step("fineTune qal seed 1").getStatus()).isNotNull();
            assertThat(lab.step("fineTune qal seed 1").getStatus().conditions())
                    .anyMatch(condition -> condition.reason().equals(Reason.PodRefused.name()));
            assertThat(lab.condition("forbidden", ConditionType.Progressing).message())
                    .contains("the API server refuses its pod")
                    .contains("quota: no-pods");
        });
        quota.delete();
        lab.await("forbidden", ConditionType.Complete);
    }

    @Test
    void a_pod_that_found_no_node_costs_no_try_when_it_is_taken_back() {
        lab.apply(Manifests.small(
                "homeless", "runtime: {retries: 0, resources: {limits: {\"nvidia.com/gpu\": \"64\"}}}"));
        lab.eventually(() -> assertThat(
                        lab.condition("homeless", ConditionType.Progressing).message())
                .contains("Insufficient nvidia.com/gpu"));
        lab.patch("homeless", "{\"spec\":{\"suspend\":true}}");
        lab.await("homeless", ConditionType.Suspended);
        lab.eventually(() -> {
            assertThat(lab.client().pods().inNamespace(lab.namespace()).list().getItems())
                    .isEmpty();
            assertThat(lab.jobs()).hasSize(2).noneMatch(SimulatedE2E::isCounting);
        });
        assertThat(lab.failures()).containsOnly(0);

        lab.patch("homeless", "{\"spec\":{\"suspend\":false}}");
        lab.patch("homeless", "{\"spec\":{\"runtime\":{\"resources\":{\"limits\":{\"nvidia.com/gpu\":\"1\"}}}}}");
        lab.patch(
                "homeless",
                "{\"spec\":{\"runtime\":{\"pod\":{\"annotations\":{\"sim.isogloss/run-for\":\"never\"}}}}}");
        lab.await("homeless", ConditionType.Complete);
    }

    /// Whether the Job controller still has to count a pod that is gone.
    private static boolean isCounting(Job job) {
        var uncounted = job.getStatus().getUncountedTerminatedPods();
        return uncounted != null && !uncounted.getFailed().isEmpty();
    }

    @Test
    void suspended_pods_stop_and_go_on_as_the_same_job() {
        pods.let(_ -> false);
        lab.apply(Manifests.small("pause", SCRIPTED));
        lab.eventually(() -> assertThat(lab.running()).hasSize(2));
        List<String> before = uids();
        lab.patch("pause", "{\"spec\":{\"suspend\":true}}");
        lab.await("pause", ConditionType.Suspended);
        assertThat(lab.running()).isEmpty();
        lab.patch("pause", "{\"spec\":{\"suspend\":false}}");
        pods.let(_ -> true);

        lab.await("pause", ConditionType.Complete);
        assertThat(uids()).containsAll(before);
    }

    private List<String> uids() {
        return lab.jobs().stream()
                .map(Job::getMetadata)
                .map(metadata -> metadata.getUid())
                .toList();
    }

    @Test
    void what_two_share_goes_with_the_second() {
        pods.let(_ -> false);
        lab.apply(Manifests.small("one", SCRIPTED));
        lab.apply(Manifests.small("two", SCRIPTED));
        lab.eventually(() -> assertThat(lab.steps())
                .hasSize(2)
                .allMatch(step -> step.getMetadata().getOwnerReferences().size() == 2));
        lab.eventually(() -> assertThat(lab.running()).hasSize(2));
        lab.delete("one");
        lab.eventually(() -> assertThat(lab.steps())
                .hasSize(2)
                .allMatch(step -> step.getMetadata().getOwnerReferences().size() == 1));
        assertThat(lab.running()).hasSize(2);
        lab.delete("two");
        lab.eventually(() -> {
            assertThat(lab.steps()).isEmpty();
            assertThat(lab.jobs()).isEmpty();
            assertThat(lab.running()).isEmpty();
        });
    }

    @Test
    void an_edit_replaces_pods_that_would_be_others_now() {
        pods.let(_ -> false);
        lab.apply(Manifests.small("bigger", SCRIPTED));
        lab.eventually(() -> assertThat(lab.running()).hasSize(2));
        lab.patch("bigger", "{\"spec\":{\"runtime\":{\"resources\":{\"limits\":{\"nvidia.com/gpu\":\"2\"}}}}}");
        lab.eventually(() -> assertThat(lab.running()).hasSize(2).allMatch(pod -> pod.getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getLimits()
                .get("nvidia.com/gpu")
                .getAmount()
                .equals("2")));
        pods.let(_ -> true);
        lab.await("bigger", ConditionType.Complete);
    }

    @Test
    void a_drained_node_costs_no_try() {
        pods.let(_ -> false);
        lab.apply(Manifests.small("drained", SCRIPTED));
        lab.eventually(() -> assertThat(lab.running()).hasSize(2));
        String node = lab.running().getFirst().getSpec().getNodeName();
        lab.client().nodes().withName(node).edit(SimulatedE2E::cordoned);
        try {
            lab.running().stream()
                    .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                    .forEach(pod -> assertThat(lab.client().pods().resource(pod).evict())
                            .isTrue());
            lab.eventually(() -> assertThat(lab.running())
                    .hasSize(2)
                    .noneMatch(pod -> node.equals(pod.getSpec().getNodeName())));
            pods.let(_ -> true);
            lab.await("drained", ConditionType.Complete);
        } finally {
            lab.client().nodes().withName(node).edit(SimulatedE2E::open);
        }
        assertThat(lab.failures()).containsOnly(0);
    }

    private static Node cordoned(Node node) {
        return new NodeBuilder(node)
                .editSpec()
                .withUnschedulable(true)
                .endSpec()
                .build();
    }

    private static Node open(Node node) {
        return new NodeBuilder(node)
                .editSpec()
                .withUnschedulable(false)
                .endSpec()
                .build();
    }

    @Test
    void a_killed_trainer_is_tried_again_by_the_same_job() {
        pods.let(_ -> false);
        lab.apply(Manifests.small("killed", SCRIPTED));
        lab.eventually(() -> assertThat(lab.running()).hasSize(2));
        pods.end(lab.running().getFirst(), 137, "");
        pods.let(_ -> true);
        lab.await("killed", ConditionType.Complete);

        assertThat(lab.jobs()).hasSize(4);
        assertThat(lab.failures()).containsExactlyInAnyOrder(1, 0, 0, 0);
    }

    @Test
    void a_step_and_a_job_deleted_by_hand_are_made_again_and_run_once() {
        pods.let(_ -> false);
        lab.apply(Manifests.small("robbed", SCRIPTED));
        lab.eventually(() -> assertThat(lab.running()).hasSize(2));
        List<String> before = uids();
        lab.client().resource(lab.step("fineTune qal seed 1")).delete();
        lab.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(lab.namespace())
                .withName(lab.step("fineTune qal seed 2").getMetadata().getName())
                .delete();
        lab.eventually(() -> {
            assertThat(uids()).hasSize(2).doesNotContainAnyElementsOf(before);
            assertThat(lab.running()).hasSize(2);
        });
        pods.let(_ -> true);
        lab.await("robbed", ConditionType.Complete);

        assertThat(lab.steps()).hasSize(4);
        assertThat(lab.jobs()).hasSize(4);
    }
}
