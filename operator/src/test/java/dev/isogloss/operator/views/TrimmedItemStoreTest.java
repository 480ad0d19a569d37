package dev.isogloss.operator.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import dev.isogloss.result.TerminationMessage;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrimmedItemStoreTest {
    private static final List<StepScore> SCORES = List.of(new StepScore("de", "test", "Accuracy", "0.8125", 16));

    private static TrainingStep step(Phase phase) {
        List<Condition> conditions = new Conditions(null, 1, Instant.EPOCH)
                .set(ConditionType.Progressing, phase == Phase.Running, Reason.PodRunning, "pod p1 runs")
                .set(ConditionType.Complete, phase == Phase.Succeeded, Reason.ResultRecorded, "")
                .list();
        return StepFixtures.step(
                StepFixtures.spec(),
                1,
                new TrainingStepStatus(
                        phase,
                        1L,
                        conditions,
                        "job",
                        1,
                        false,
                        SCORES,
                        Map.of(),
                        false,
                        null,
                        null,
                        null,
                        "2026-01-01T00:00:00Z"));
    }

    private static TrainingStep kept(TrainingStep step) {
        step.getMetadata().setResourceVersion(String.valueOf(step.getStatus().phase()));
        var store = Objects.requireNonNull(TrimmedItemStore.steps(1));
        store.put("research/" + StepFixtures.NAME, step);
        return store.get("research/" + StepFixtures.NAME);
    }

    @Test
    void of_a_step_that_is_done_its_result_is_kept() {
        TrainingStep kept = kept(step(Phase.Succeeded));

        assertThat(kept.getSpec().key()).isEqualTo(StepFixtures.KEY);
        assertThat(kept.getSpec().step()).isEqualTo("{}");
        assertThat(kept.getStatus().scores()).isEqualTo(SCORES);
        assertThat(kept.getStatus().conditions()).extracting(Condition::type).containsExactly("Complete");
    }

    @Test
    void a_step_that_is_done_comes_back_as_it_was_put_in() {
        String uid = "2a382db0-a780-4546-ae97-b2dfa0d5f54e";
        TrainingStep step = StepFixtures.ownedBy(StepFixtures.ownedBy(step(Phase.Succeeded), uid, false), "b", true);
        step.getMetadata().setUid(uid);
        step.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        var before = new ObjectMetaBuilder(step.getMetadata())
                .withResourceVersion("Succeeded")
                .withFinalizers(List.of())
                .build();
        TrainingStep kept = kept(step);

        assertThat(kept.getMetadata()).isEqualTo(before);
        assertThat(kept.getSpec().title()).isEqualTo(step.getSpec().title());
        assertThat(kept.getStatus().facts())
                .isEqualTo(step(Phase.Succeeded).getStatus().facts());
        assertThat(kept.getStatus().completionTime())
                .isEqualTo(step(Phase.Succeeded).getStatus().completionTime());
        assertThat(EndedStep.whole(kept).getClass()).isEqualTo(TrainingStep.class);
    }

    /// 200,000 of them are to fit the default memory limit.
    @Test
    void a_step_that_is_done_takes_few_bytes() {
        var store = Objects.requireNonNull(TrimmedItemStore.steps(1));
        int count = 20_000;
        long before = used();
        for (int i = 0; i < count; i++) {
            TrainingStep step = StepFixtures.ownedBy(
                    step(Phase.Succeeded),
                    UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString(),
                    true);
            step.getMetadata().setName(StepFixtures.NAME + i);
            step.getMetadata().setUid(UUID.randomUUID().toString());
            store.put("research/" + StepFixtures.NAME + i, step);
        }
        long bytes = (used() - before) / count;

        assertThat(store.get("research/" + StepFixtures.NAME + 17).getStatus().scores())
                .isEqualTo(SCORES);
        assertThat(bytes).isLessThan(700);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void a_step_on_its_way_is_kept_whole() {
        assertThat(kept(step(Phase.Running)))
                .extracting(TrainingStep::getSpec, TrainingStep::getStatus)
                .containsExactly(
                        step(Phase.Running).getSpec(), step(Phase.Running).getStatus());
    }

    @Test
    void a_short_result_is_kept_and_a_long_one_is_asked_for() {
        String result = StepFixtures.resultOf(StepFixtures.KEY);

        assertThat(lastWords(result)).isInstanceOf(TerminationMessage.Result.class);
        assertThat(lastWords(result + " ".repeat(600))).isInstanceOf(TerminationMessage.Nothing.class);
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
        assertThat(TrimmedItemStore.steps(2)).isNull();
    }

    private static TransferExperiment experiment(long generation, long endedAt) {
        TransferExperiment experiment = StepFixtures.experiment();
        experiment.getMetadata().setAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", "long"));
        experiment.getMetadata().setGeneration(generation);
        List<Condition> conditions = new Conditions(null, endedAt, Instant.EPOCH)
                .set(ConditionType.Progressing, false, Reason.Ended, "all 5 steps succeeded")
                .set(ConditionType.Complete, true, Reason.AllStepsSucceeded, "all 5 steps succeeded")
                .list();
        experiment.setStatus(
                new ExperimentStatus(Phase.Succeeded, endedAt, conditions, null, "5/5", null, null, null, null));
        return experiment;
    }

    private static TransferExperiment kept(TransferExperiment experiment) {
        var store = Objects.requireNonNull(TrimmedItemStore.experiments(1));
        store.put("lab/one", experiment);
        return store.get("lab/one");
    }

    @Test
    void of_an_experiment_that_has_ended_it_is_kept_that_it_has() {
        TransferExperiment kept = kept(experiment(2, 2));

        assertThat(kept.getSpec()).isNull();
        assertThat(kept.getMetadata().getAnnotations()).isEmpty();
        assertThat(kept.getStatus().phase()).isEqualTo(Phase.Succeeded);
        assertThat(Conditions.holds(kept.getStatus().conditions(), ConditionType.Complete, 2L))
                .isTrue();
    }

    @Test
    void an_experiment_that_was_edited_after_its_end_is_kept_whole() {
        TransferExperiment kept = kept(experiment(3, 2));

        assertThat(kept.getSpec().common().source()).isEqualTo("qal");
        assertThat(kept.getStatus().progress()).isEqualTo("5/5");
    }
}
