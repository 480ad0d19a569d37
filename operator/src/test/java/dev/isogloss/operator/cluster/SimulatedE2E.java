package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.PodView;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The operator with the real Job controller, scheduler and garbage collector.
class SimulatedE2E extends SimulatedTestBase {
    private static final String SCRIPTED =
            "runtime: {pod: {annotations: {sim.isogloss/run-for: never}}, resources: {limits: {\"nvidia.com/gpu\": \"1\"}}}";

    private static final String KILLED = "sim.isogloss/stop-exit-code: \"137\", ";

    @Test
    void the_quickstart_runs_to_its_results() {
        rig.apply(Manifests.quickstart() + "  runtime: {pod: {annotations: {sim.isogloss/run-for: never}}}\n");
        ExperimentStatus status = rig.await("quickstart", ConditionType.Complete);

        assertThat(status.progress()).isEqualTo("7/7");
        assertThat(status.results()).hasSize(5);
        // A step ends with its pod, before the Job's own count.
        rig.eventually(() -> assertThat(rig.jobs()).hasSize(7).allMatch(job -> Integer.valueOf(1)
                .equals(job.getStatus().getSucceeded())));
    }

    @Test
    void an_evicted_pod_is_replaced_and_not_counted() {
        pods.let(_ -> false);
        rig.apply(Manifests.small("evicted", SCRIPTED));
        rig.eventually(() -> assertThat(rig.running()).hasSize(2));
        Pod victim = rig.running().getFirst();
        assertThat(rig.client().pods().resource(victim).evict()).isTrue();
        rig.eventually(() -> assertThat(rig.running()).hasSize(2).noneMatch(pod -> pod.getMetadata()
                .getUid()
                .equals(victim.getMetadata().getUid())));
        pods.let(_ -> true);

        rig.await("evicted", ConditionType.Complete);
        assertThat(rig.failures()).containsOnly(0);
    }

    /// Not even where the trainer is killed since it takes too long to stop. Not a single retry is allowed, so one that
    /// was counted would fail the step.
    @Test
    void a_pod_that_makes_room_for_a_more_important_one_is_replaced_and_not_counted() {
        pods.let(_ -> false);
        rig.apply(Manifests.small(
                "preempted",
                SCRIPTED.replace(
                        "runtime: {pod: {annotations: {", "runtime: {retries: 0, pod: {annotations: {" + KILLED)));
        rig.eventually(() -> assertThat(rig.running()).hasSize(2));
        Pod victim = rig.running().getFirst();
        Pod important = rig.client()
                .resource(important(victim.getSpec().getNodeName(), priority()))
                .create();
        rig.eventually(() -> {
            assertThat(rig.client().resource(important).get().getSpec().getNodeName())
                    .isEqualTo(victim.getSpec().getNodeName());
            assertThat(rig.running().stream().filter(pod -> new PodView(pod).belongsTo(job(victim))))
                    .singleElement()
                    .satisfies(pod -> assertThat(pod.getMetadata().getUid())
                            .isNotEqualTo(victim.getMetadata().getUid()));
        });
        pods.let(pod -> !pod.getMetadata().getName().equals("important"));
        rig.await("preempted", ConditionType.Complete);

        assertThat(rig.failures()).containsOnly(0);
        assertThat(rig.steps())
                .allSatisfy(step -> assertThat(step.getStatus().attempts()).isOne());
    }

    private static String job(Pod pod) {
        return pod.getMetadata().getOwnerReferences().getFirst().getUid();
    }

    private String priority() {
        String name = "important-" + rig.namespace();
        rig.client()
                .resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withValue(1000)
                        .build())
                .create();
        return name;
    }

    /// It wants all GPUs of a node.
    private Pod important(String node, String priority) {
        Quantity all = rig.client()
                .nodes()
                .withName(node)
                .get()
                .getStatus()
                .getAllocatable()
                .get("nvidia.com/gpu");
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(rig.namespace())
                .withName("important")
                .endMetadata()
                .withNewSpec()
                .withPriorityClassName(priority)
                .addToNodeSelector("kubernetes.io/hostname", node)
                .addNewContainer()
                .withName("any")
                .withImage("any")
                .withNewResources()
                .addToLimits("nvidia.com/gpu", all)
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void wrong_input_fails_at_once_and_with_its_sentence() {
        pods.let(_ -> false);
        rig.apply(Manifests.small("wrong", SCRIPTED));
        rig.eventually(() -> assertThat(rig.running()).hasSize(2));
        pods.end(rig.running().getFirst(), 2, "{\"error\":\"train.jsonl line 17: no label.\"}");
        rig.await("wrong", ConditionType.Failed);

        assertThat(rig.condition("wrong", ConditionType.Failed).message()).endsWith("train.jsonl line 17: no label.");
        assertThat(rig.running()).as("the sibling was stopped").isEmpty();
    }

    @Test
    void a_pod_that_no_node_takes_says_why() {
        rig.apply(Manifests.small("greedy", "runtime: {resources: {limits: {\"nvidia.com/gpu\": \"64\"}}}"));

        rig.await(
                "greedy",
                status -> status.conditions() != null
                        && status.conditions().stream()
                                .anyMatch(condition -> condition.message().contains("Insufficient nvidia.com/gpu")));
        assertThat(rig.step("fineTune qal seed 1").getStatus().conditions())
                .anyMatch(condition -> condition.reason().equals(Reason.Unschedulable.name()));
        assertThat(rig.experiment("greedy").getStatus().phase()).isEqualTo(Phase.Pending);
    }

    @Test
    void a_pod_that_the_api_server_refuses_says_why() {
        var quota = rig.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace(rig.namespace())
                        .withName("no-pods")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("0"))
                        .endSpec()
                        .build());
        quota.create();
        rig.apply(Manifests.small("forbidden", SCRIPTED));
        rig.eventually(() -> {
            assertThat(rig.step("fineTune qal seed 1").getStatus()).isNotNull();
            assertThat(rig.step("fineTune qal seed 1").getStatus().conditions())
                    .anyMatch(condition -> condition.reason().equals(Reason.PodRefused.name()));
            assertThat(rig.condition("forbidden", ConditionType.Progressing).message())
                    .contains("the API server refuses its pod")
                    .contains("quota: no-pods");
        });
        quota.delete();
        rig.await("forbidden", ConditionType.Complete);
    }

    @Test
    void a_pod_that_found_no_node_costs_no_try_when_it_is_taken_back() {
        rig.apply(Manifests.small(
                "homeless", "runtime: {retries: 0, resources: {limits: {\"nvidia.com/gpu\": \"64\"}}}"));
        rig.eventually(() -> assertThat(
                        rig.condition("homeless", ConditionType.Progressing).message())
                .contains("Insufficient nvidia.com/gpu"));
        rig.patch("homeless", "{\"spec\":{\"suspend\":true}}");
        rig.await("homeless", ConditionType.Suspended);
        rig.eventually(() -> {
            assertThat(rig.client().pods().inNamespace(rig.namespace()).list().getItems())
                    .isEmpty();
            assertThat(rig.jobs()).hasSize(2).noneMatch(SimulatedE2E::isCounting);
        });
        assertThat(rig.failures()).containsOnly(0);

        rig.patch("homeless", "{\"spec\":{\"suspend\":false}}");
        rig.patch("homeless", "{\"spec\":{\"runtime\":{\"resources\":{\"limits\":{\"nvidia.com/gpu\":\"1\"}}}}}");
        rig.patch(
                "homeless",
                "{\"spec\":{\"runtime\":{\"pod\":{\"annotations\":{\"sim.isogloss/run-for\":\"never\"}}}}}");
        rig.await("homeless", ConditionType.Complete);
    }

    /// Whether the Job controller still has to count a pod that is gone.
    private static boolean isCounting(Job job) {
        var uncounted = job.getStatus().getUncountedTerminatedPods();
        return uncounted != null && !uncounted.getFailed().isEmpty();
    }

    @Test
    void suspended_pods_stop_and_go_on_as_the_same_job() {
        pods.let(_ -> false);
        rig.apply(Manifests.small("pause", SCRIPTED));
        rig.eventually(() -> assertThat(rig.running()).hasSize(2));
        List<String> before = uids();
        rig.patch("pause", "{\"spec\":{\"suspend\":true}}");
        rig.await("pause", ConditionType.Suspended);
        assertThat(rig.running()).isEmpty();
        rig.patch("pause", "{\"spec\":{\"suspend\":false}}");
        pods.let(_ -> true);

        rig.await("pause", ConditionType.Complete);
        assertThat(uids()).containsAll(before);
    }

    private List<String> uids() {
        return rig.jobs().stream()
                .map(Job::getMetadata)
                .map(metadata -> metadata.getUid())
                .toList();
    }

    @Test
    void what_two_share_goes_with_the_second() {
        pods.let(_ -> false);
        rig.apply(Manifests.small("one", SCRIPTED));
        rig.apply(Manifests.small("two", SCRIPTED));
        rig.eventually(() -> assertThat(rig.steps())
                .hasSize(2)
                .allMatch(step -> step.getMetadata().getOwnerReferences().size() == 2));
        rig.eventually(() -> assertThat(rig.running()).hasSize(2));
        rig.delete("one");
        rig.eventually(() -> assertThat(rig.steps())
                .hasSize(2)
                .allMatch(step -> step.getMetadata().getOwnerReferences().size() == 1));
        assertThat(rig.running()).hasSize(2);
        rig.delete("two");
        rig.eventually(() -> {
            assertThat(rig.steps()).isEmpty();
            assertThat(rig.jobs()).isEmpty();
            assertThat(rig.running()).isEmpty();
        });
    }

    @Test
    void an_edit_replaces_pods_that_would_be_others_now() {
        pods.let(_ -> false);
        rig.apply(Manifests.small("bigger", SCRIPTED));
        rig.eventually(() -> assertThat(rig.running()).hasSize(2));
        rig.patch("bigger", "{\"spec\":{\"runtime\":{\"resources\":{\"limits\":{\"nvidia.com/gpu\":\"2\"}}}}}");
        rig.eventually(() -> assertThat(rig.running()).hasSize(2).allMatch(pod -> pod.getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getLimits()
                .get("nvidia.com/gpu")
                .getAmount()
                .equals("2")));
        pods.let(_ -> true);
        rig.await("bigger", ConditionType.Complete);
    }

    @Test
    void a_drained_node_costs_no_try() {
        pods.let(_ -> false);
        rig.apply(Manifests.small("drained", SCRIPTED));
        rig.eventually(() -> assertThat(rig.running()).hasSize(2));
        String node = rig.running().getFirst().getSpec().getNodeName();
        rig.client().nodes().withName(node).edit(SimulatedE2E::cordoned);
        try {
            rig.running().stream()
                    .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                    .forEach(pod -> assertThat(rig.client().pods().resource(pod).evict())
                            .isTrue());
            rig.eventually(() -> assertThat(rig.running())
                    .hasSize(2)
                    .noneMatch(pod -> node.equals(pod.getSpec().getNodeName())));
            pods.let(_ -> true);
            rig.await("drained", ConditionType.Complete);
        } finally {
            rig.client().nodes().withName(node).edit(SimulatedE2E::open);
        }
        assertThat(rig.failures()).containsOnly(0);
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
        rig.apply(Manifests.small("killed", SCRIPTED));
        rig.eventually(() -> assertThat(rig.running()).hasSize(2));
        pods.end(rig.running().getFirst(), 137, "");
        pods.let(_ -> true);
        rig.await("killed", ConditionType.Complete);

        assertThat(rig.jobs()).hasSize(4);
        assertThat(rig.failures()).containsExactlyInAnyOrder(1, 0, 0, 0);
    }

    @Test
    void a_step_and_a_job_deleted_by_hand_are_made_again_and_run_once() {
        pods.let(_ -> false);
        rig.apply(Manifests.small("robbed", SCRIPTED));
        rig.eventually(() -> assertThat(rig.running()).hasSize(2));
        List<String> before = uids();
        rig.client().resource(rig.step("fineTune qal seed 1")).delete();
        rig.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(rig.namespace())
                .withName(rig.step("fineTune qal seed 2").getMetadata().getName())
                .delete();
        rig.eventually(() -> {
            assertThat(uids()).hasSize(2).doesNotContainAnyElementsOf(before);
            assertThat(rig.running()).hasSize(2);
        });
        pods.let(_ -> true);
        rig.await("robbed", ConditionType.Complete);

        assertThat(rig.steps()).hasSize(4);
        assertThat(rig.jobs()).hasSize(4);
    }
}
