package dev.isogloss.operator.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.client.LightSerialization;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrimmedReadingTest {
    private static final LightSerialization CLIENT = new LightSerialization(new TrimmedReading());

    static {
        CLIENT.registerKubernetesResource(TrainingStep.class);
    }

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
        return listed(step, new TypeReference<>() {});
    }

    private static <R extends HasMetadata> R listed(R resource, TypeReference<DefaultKubernetesResourceList<R>> type) {
        String list = """
                {"apiVersion":"v1","items":[%s],"kind":"List","metadata":{"resourceVersion":"7"}}""".formatted(CLIENT.asJson(resource));
        return CLIENT.unmarshal(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)), type)
                .getItems()
                .getFirst();
    }

    private static TrainingStep told(TrainingStep step) {
        String news = "{\"type\":\"MODIFIED\",\"object\":%s}"
                .formatted(CLIENT.asJson(step)
                        .replaceFirst("\\{\"apiVersion\":\"([^\"]*)\",\"kind\"", "{\"apiVersion\":\"$1\",\"kind\""));
        return (TrainingStep) CLIENT.unmarshal(news, WatchEvent.class).getObject();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-28T23:59:59Z",
                "1969-12-31T23:59:59Z",
                "1970-01-01T00:00:00Z",
                "2026-01-01T00:00:00.123Z",
                "2026-01-01T00:00:60Z",
                "2026-02-30T00:00:00Z",
                "9999-12-31T00:00:00Z",
                "2026-01-01T0x:00:00Z",
                "yesterday, by lunch.",
                ""
            })
    void times_and_uids_come_back_as_they_were_written(String text) {
        TrainingStep step = step(Phase.Succeeded);
        step.getMetadata().setCreationTimestamp(text);
        for (String uid :
                List.of(text, "2A382DB0-a780-4546-ae97-b2dfa0d5f54e", "2a382db0-a780-4546-ae97_b2dfa0d5f54e")) {
            step.getMetadata().setUid(uid);

            assertThat(kept(step).getMetadata().getCreationTimestamp()).isEqualTo(text);
            assertThat(kept(step).getMetadata().getUid()).isEqualTo(uid);
        }
    }

    /// 200,000 of them are to fit the default memory limit, beside some 150 bytes of the cache and its indexes for
    /// each.
    @Test
    void a_step_that_is_done_takes_few_bytes() {
        int count = 20_000;
        List<TrainingStep> all = new ArrayList<>(count);
        TrainingStep step = withSketch(
                StepFixtures.ownedBy(step(Phase.Succeeded), UUID.randomUUID().toString(), true));
        long before = used();
        for (int i = 0; i < count; i++) {
            step.getMetadata().setName(StepFixtures.NAME + i);
            step.getMetadata().setUid(UUID.randomUUID().toString());
            all.add(kept(step));
        }
        long bytes = (used() - before) / count;

        assertThat(all.get(17).getStatus().scores()).isEqualTo(SCORES);
        assertThat(bytes).isLessThan(450);
    }

    private static TrainingStep withSketch(TrainingStep step) {
        return with(step, "A".repeat(1336), null);
    }

    private static TrainingStep followed(TrainingStep step, FollowUpResult... results) {
        return with(step, step.getStatus().labelSketch(), List.of(results));
    }

    private static TrainingStep with(
            TrainingStep step, @Nullable String sketch, @Nullable List<FollowUpResult> followUps) {
        TrainingStepStatus status = step.getStatus();
        step.setStatus(new TrainingStepStatus(
                status.phase(),
                status.observedGeneration(),
                status.conditions(),
                status.job(),
                status.attempts(),
                status.reused(),
                status.scores(),
                status.facts(),
                status.keptModel(),
                status.digests(),
                sketch,
                status.startTime(),
                status.completionTime(),
                followUps));
        return step;
    }

    private static FollowUpResult labelling(String sketch) {
        return new FollowUpResult(
                "b".repeat(64),
                "PredictPool",
                false,
                null,
                Map.of("seconds", "1.5"),
                false,
                Map.of("d", "c".repeat(64)),
                sketch);
    }

    @Test
    void the_results_of_steps_that_followed_come_back_as_they_were_put_in() {
        FollowUpResult evaluation =
                new FollowUpResult("a".repeat(64), "Evaluate", true, SCORES, Map.of("seconds", "2"), true, null, null);
        TrainingStep kept = kept(followed(step(Phase.Succeeded), evaluation, labelling("AAAA")));

        assertThat(kept.getStatus().followUps()).containsExactly(evaluation, labelling(""));
        assertThat(kept(step(Phase.Succeeded)).getStatus().followUps()).isNull();
    }

    @Test
    void the_sketch_of_a_labelling_that_followed_is_at_hand_or_asked_for() {
        TrainingStep now = followed(step(Phase.Succeeded), labelling("AAAA"));
        TrainingStep before = followed(step(Phase.Succeeded), labelling("BBBB"));
        now.getMetadata().setUid("followed now");
        before.getMetadata().setUid("followed before");
        List<String> asked = new ArrayList<>();

        List<String> sketches = Stream.of(told(now), kept(before), kept(before))
                .map(step -> EndedStep.withSketch(EndedStep.whole(step), () -> {
                            asked.add(step.getMetadata().getUid());
                            return before;
                        })
                        .getStatus()
                        .followUps()
                        .getFirst()
                        .labelSketch())
                .toList();

        assertThat(sketches).containsExactly("AAAA", "BBBB", "BBBB");
        assertThat(asked).containsExactly("followed before");
    }

    @Test
    void the_sketch_of_labels_that_end_now_is_at_hand_and_that_of_others_is_asked_for() {
        TrainingStep now = withSketch(step(Phase.Succeeded));
        TrainingStep before = withSketch(step(Phase.Succeeded));
        now.getMetadata().setUid("now");
        before.getMetadata().setUid("before");
        List<String> asked = new ArrayList<>();

        for (TrainingStep step : List.of(told(now), kept(before), kept(before)))
            assertThat(EndedStep.withSketch(EndedStep.whole(step), () -> {
                                asked.add(step.getMetadata().getUid());
                                return before;
                            })
                            .getStatus()
                            .labelSketch())
                    .isEqualTo("A".repeat(1336));
        assertThat(asked).containsExactly("before");
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @ParameterizedTest
    @EnumSource(value = Phase.class, mode = EnumSource.Mode.EXCLUDE, names = "Succeeded")
    void a_step_on_its_way_is_kept_whole(Phase phase) {
        for (TrainingStep read : List.of(kept(step(phase)), told(step(phase))))
            assertThat(read)
                    .extracting(TrainingStep::getSpec, TrainingStep::getStatus)
                    .containsExactly(step(phase).getSpec(), step(phase).getStatus());
    }

    @Test
    void a_step_without_a_status_is_kept_whole() {
        TrainingStep step = StepFixtures.step();
        step.setStatus(null);

        assertThat(listed(step, new TypeReference<DefaultKubernetesResourceList<TrainingStep>>() {})
                        .getSpec())
                .isEqualTo(step.getSpec());
    }

    @Test
    void whoever_asks_for_one_step_gets_it_whole() {
        String json = CLIENT.asJson(withSketch(step(Phase.Succeeded)));

        assertThat(CLIENT.unmarshal(json, TrainingStep.class).getSpec())
                .isEqualTo(StepFixtures.step().getSpec());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20_000})
    void of_a_step_that_is_done_it_is_kept_who_withdrew_and_not_who_tried(int length) {
        TrainingStep step = step(Phase.Succeeded);
        String withdrawn = "u".repeat(length);
        step.getMetadata().setAnnotations(Map.of(Labels.WITHDRAWN_BY, withdrawn, Labels.TRIED_BY, "a=1"));

        assertThat(kept(step).getMetadata().getAnnotations()).isEqualTo(Map.of(Labels.WITHDRAWN_BY, withdrawn));
        assertThat(kept(step).getSpec().step()).isEqualTo("{}");
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
        return listed(experiment, new TypeReference<>() {});
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
