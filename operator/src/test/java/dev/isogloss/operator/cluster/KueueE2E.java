package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The operator with the real Kueue, which has one GPU to lend.
@ExtendWith(WithKueue.class)
class KueueE2E extends SimulatedTestBase {
    private static final String WAITS = "waits in queue research for Kueue to admit its Job";

    @BeforeEach
    void openQueue() {
        Queue.open(rig, 1);
        pods.let(_ -> false);
    }

    private static String queued(String name, int seed, String queue, String priority) {
        return Manifests.small(name, """
                        runtime: {queueName: %s, resources: {limits: {"nvidia.com/gpu": "1"}}, \
                        pod: {priorityClassName: %s, annotations: {sim.isogloss/run-for: never}}}\
                        """.formatted(queue, priority)).replace("seeds: [1, 2]", "seeds: [" + seed + "]");
    }

    private void onlyRuns(int seed) {
        rig.eventually(() -> {
            assertThat(rig.running())
                    .hasSize(1)
                    .allMatch(pod -> pod.getMetadata().getName().startsWith(name(seed)));
            assertThat(progress(seed).reason()).isEqualTo(Reason.PodRunning.name());
        });
    }

    private String name(int seed) {
        return rig.step("fineTune qal seed " + seed).getMetadata().getName();
    }

    private Job job(int seed) {
        String name = name(seed);
        return rig.jobs().stream()
                .filter(job -> job.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Condition progress(int seed) {
        return Optional.ofNullable(rig.step("fineTune qal seed " + seed).getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), ConditionType.Progressing))
                .orElseThrow();
    }

    private void assertThatNothingCounted() {
        assertThat(rig.failures()).containsOnly(0);
        assertThat(rig.steps())
                .allSatisfy(step -> assertThat(step.getStatus().attempts()).isOne());
    }

    @Test
    void jobs_wait_in_their_queue_and_run_within_its_quota() {
        try (Crowd crowd = new Crowd(rig)) {
            rig.apply(queued("both", 1, "research", Queue.LOW).replace("seeds: [1]", "seeds: [1, 2]"));
            rig.eventually(() -> {
                assertThat(rig.running()).hasSize(1);
                assertThat(rig.jobs())
                        .hasSize(2)
                        .allMatch(job ->
                                "research".equals(job.getMetadata().getLabels().get("kueue.x-k8s.io/queue-name")))
                        .anyMatch(job -> job.getSpec().getSuspend());
                assertThat(List.of(progress(1).message(), progress(2).message()))
                        .contains(WAITS);
                assertThat(rig.condition("both", ConditionType.Progressing).message())
                        .contains(WAITS);
            });
            pods.let(_ -> true);
            rig.await("both", ConditionType.Complete);

            assertThat(rig.jobs()).hasSize(4);
            assertThat(crowd.most()).isOne();
            assertThatNothingCounted();
        }
    }

    @Test
    void a_job_that_makes_room_for_a_more_urgent_one_goes_on_later_and_has_not_failed() {
        rig.apply(queued("patient", 1, "research", Queue.LOW));
        onlyRuns(1);
        String before = job(1).getMetadata().getUid();
        rig.apply(queued("urgent", 2, "research", Queue.HIGH));
        onlyRuns(2);
        rig.eventually(() -> {
            assertThat(job(1).getSpec().getSuspend()).isTrue();
            assertThat(progress(1).message()).isEqualTo(WAITS);
            assertThat(rig.condition("patient", ConditionType.Progressing).message())
                    .contains(WAITS);
            assertThat(rig.experiment("patient").getStatus().phase()).isEqualTo(Phase.Pending);
        });
        pods.let(_ -> true);
        rig.await("urgent", ConditionType.Complete);
        rig.await("patient", ConditionType.Complete);

        assertThat(job(1).getMetadata().getUid()).isEqualTo(before);
        assertThatNothingCounted();
    }

    @Test
    void an_experiment_is_suspended_while_it_waits_and_while_it_runs_and_goes_on() {
        rig.apply(queued("runs", 1, "research", Queue.LOW));
        onlyRuns(1);
        rig.apply(queued("waits", 2, "research", Queue.LOW));
        rig.eventually(() -> assertThat(progress(2).message()).isEqualTo(WAITS));
        suspend("waits", true);
        rig.await("waits", ConditionType.Suspended);
        assertThat(rig.jobs()).hasSize(1);
        assertThat(rig.running()).hasSize(1);
        suspend("runs", true);
        rig.await("runs", ConditionType.Suspended);
        assertThat(rig.running()).isEmpty();
        assertThat(rig.jobs()).isEmpty();
        rig.eventually(() -> assertThat(Queue.workloads(rig)).isEmpty());

        suspend("waits", false);
        onlyRuns(2);
        suspend("runs", false);
        rig.eventually(() -> assertThat(progress(1).message()).isEqualTo(WAITS));
        pods.let(_ -> true);
        rig.await("waits", ConditionType.Complete);
        rig.await("runs", ConditionType.Complete);
        assertThatNothingCounted();
    }

    private void suspend(String name, boolean suspend) {
        rig.patch(name, "{\"spec\":{\"suspend\":%s}}".formatted(suspend));
    }

    @Test
    void a_job_that_waits_in_a_queue_that_is_not_there_moves_when_the_experiment_names_another() {
        rig.apply(queued("lost", 1, "nowhere", Queue.LOW));
        rig.eventually(() -> assertThat(progress(1).message()).contains("waits in queue nowhere"));
        rig.patch("lost", "{\"spec\":{\"runtime\":{\"queueName\":\"research\"}}}");
        onlyRuns(1);
        pods.let(_ -> true);
        rig.await("lost", ConditionType.Complete);
    }

    /// Counts pods that are there and have not ended.
    private static final class Crowd implements AutoCloseable {
        private final Set<String> present = ConcurrentHashMap.newKeySet();
        private final AtomicInteger most = new AtomicInteger();
        private final SharedIndexInformer<Pod> informer;

        Crowd(OperatorRig rig) {
            informer = rig.client().pods().inNamespace(rig.namespace()).inform(new ResourceEventHandler<>() {
                @Override
                public void onAdd(Pod pod) {
                    see(pod);
                }

                @Override
                public void onUpdate(Pod before, Pod pod) {
                    see(pod);
                }

                @Override
                public void onDelete(Pod pod, boolean unknown) {
                    present.remove(pod.getMetadata().getUid());
                }
            });
        }

        private void see(Pod pod) {
            String phase = pod.getStatus().getPhase();
            if (phase.equals("Succeeded") || phase.equals("Failed"))
                present.remove(pod.getMetadata().getUid());
            else present.add(pod.getMetadata().getUid());
            most.accumulateAndGet(present.size(), Math::max);
        }

        int most() {
            return most.get();
        }

        @Override
        public void close() {
            informer.close();
        }
    }
}
