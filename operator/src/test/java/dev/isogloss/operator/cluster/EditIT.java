package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.operator.cluster.PlayedJobs.Run;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Users edit while the operator writes.
@ExtendWith(RealApiServer.class)
class EditIT {
    private static final int EDITS = 200;

    @Test
    void no_edit_is_lost_however_it_falls_between_status_writes() {
        var answers = new Answers();
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Run());
                RunningOperator operator = new RunningOperator(RealApiServer.client(), rig.namespace());
                SharedIndexInformer<TransferExperiment> watch = rig.client()
                        .resources(TransferExperiment.class)
                        .inNamespace(rig.namespace())
                        .inform(answers)) {
            assertThat(operator).isNotNull();
            assertThat(watch.isRunning()).isTrue();
            rig.apply(Manifests.small("restless"));
            for (int i = 1; i <= EDITS; i++) {
                rig.patch("restless", "{\"spec\":{\"runtime\":{\"retries\":%d}}}".formatted(i % 100));
                // a status write of its own between edits: the count of running steps changes
                if (i % 10 == 0) rig.patch("restless", "{\"spec\":{\"seeds\":[%d]}}".formatted(i));
                assertThat(rig.experiment("restless")
                                .getSpec()
                                .common()
                                .runtime()
                                .retries())
                        .isEqualTo(i % 100);
            }
            long generation = rig.experiment("restless").getMetadata().getGeneration();
            jobs.script(_ -> new Succeed());
            ExperimentStatus status = rig.await("restless", ConditionType.Complete);

            assertThat(rig.experiment("restless").getSpec().common().seeds()).containsExactly((long) EDITS);
            assertThat(rig.experiment("restless").getSpec().common().runtime().retries())
                    .isEqualTo(EDITS % 100);
            assertThat(status.observedGeneration()).isEqualTo(generation);
            assertThat(answers.count()).isPositive();
            assertThat(answers.late())
                    .as("statuses that answer a spec that was edited before they were written")
                    .isEmpty();
            assertThat(rig.steps())
                    .hasSize(2)
                    .allSatisfy(step -> assertThat(step.getSpec().title()).endsWith("seed " + EDITS));
        }
    }

    /// The template of a Job never changes.
    @Test
    void an_edit_of_what_its_pods_are_replaces_a_running_job() {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Run());
                RunningOperator operator = new RunningOperator(RealApiServer.client(), rig.namespace())) {
            assertThat(operator).isNotNull();
            rig.apply(Manifests.small("edited").replace("seeds: [1, 2]", "seeds: [1]"));
            rig.eventually(() -> assertThat(rig.running()).hasSize(1));
            replaced(rig, "{\"image\":\"trainer:2\"}", pod -> assertThat(
                            trainer(pod).getImage())
                    .isEqualTo("trainer:2"));
            replaced(rig, "{\"resources\":{\"limits\":{\"memory\":\"7Gi\"}}}", pod -> assertThat(
                            trainer(pod).getResources().getLimits())
                    .containsEntry("memory", new Quantity("7Gi")));
            replaced(rig, "{\"pod\":{\"labels\":{\"team\":\"syntax\"}}}", pod -> assertThat(
                            pod.getMetadata().getLabels())
                    .containsEntry("team", "syntax"));
            jobs.script(_ -> new Succeed());
            rig.await("edited", ConditionType.Complete);

            assertThat(jobs.made().entrySet()).allSatisfy(job -> assertThat(job.getValue())
                    .isEqualTo(job.getKey().startsWith("train") ? 4 : 1));
        }
    }

    /// One pod runs then, of another Job than before.
    private static void replaced(OperatorRig rig, String runtime, Consumer<Pod> holds) {
        String before = rig.jobs().getFirst().getMetadata().getUid();
        rig.patch("edited", "{\"spec\":{\"runtime\":" + runtime + "}}");
        rig.eventually(() -> {
            assertThat(rig.running()).singleElement().satisfies(holds);
            assertThat(rig.jobs())
                    .singleElement()
                    .satisfies(job -> assertThat(job.getMetadata().getUid()).isNotEqualTo(before));
        });
    }

    private static Container trainer(Pod pod) {
        return pod.getSpec().getContainers().getFirst();
    }

    @Test
    void a_step_whose_work_would_be_another_is_refused() {
        try (OperatorRig rig = new OperatorRig(RealApiServer.client());
                PlayedJobs jobs = new PlayedJobs(rig.namespace(), _ -> new Run());
                RunningOperator operator = new RunningOperator(RealApiServer.client(), rig.namespace())) {
            assertThat(operator).isNotNull();
            rig.apply(Manifests.small("fixed").replace("seeds: [1, 2]", "seeds: [1]"));
            rig.eventually(() -> assertThat(rig.running()).hasSize(1));
            TrainingStep step = rig.steps().getFirst();
            for (String edit : List.of("{\"key\":\"" + "0".repeat(64) + "\"}", "{\"step\":\"{}\"}"))
                assertThatThrownBy(() -> rig.client()
                                .resource(step)
                                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + edit + "}"))
                        .hasMessageContaining("a step is what it is: key and step cannot change");

            jobs.script(_ -> new Succeed());
            rig.await("fixed", ConditionType.Complete);
            assertThat(jobs.made().values()).containsOnly(1);
        }
    }

    /// Every status that was written.
    private static final class Answers implements ResourceEventHandler<TransferExperiment> {
        private final AtomicInteger count = new AtomicInteger();
        private final Queue<ExperimentStatus> late = new ConcurrentLinkedQueue<>();

        int count() {
            return count.get();
        }

        Queue<ExperimentStatus> late() {
            return late;
        }

        @Override
        public void onAdd(TransferExperiment experiment) {
            // there is no status yet
        }

        @Override
        public void onUpdate(TransferExperiment before, TransferExperiment now) {
            ExperimentStatus status = now.getStatus();
            if (status == null || status.equals(before.getStatus())) return;
            count.incrementAndGet();
            if (!Objects.equals(status.observedGeneration(), now.getMetadata().getGeneration())) late.add(status);
        }

        @Override
        public void onDelete(TransferExperiment experiment, boolean unknown) {
            // the namespace stays
        }
    }
}
