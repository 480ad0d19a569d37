package dev.isogloss.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.Condition;
import dev.isogloss.api.Phase;
import dev.isogloss.api.StepScore;
import dev.isogloss.api.TrainingStepStatus;
import dev.isogloss.operator.Made;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.words.ConditionType;
import dev.isogloss.operator.words.Reason;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SlimTest {
    private static final List<StepScore> SCORES = List.of(new StepScore("de", "test", "Accuracy", "0.8125", 16));

    private static TrainingStep step(Phase phase) {
        List<Condition> conditions = new Conditions(null, 1, Instant.EPOCH)
                .set(ConditionType.Progressing, phase == Phase.Running, Reason.PodRunning, "pod p1 runs")
                .set(ConditionType.Complete, phase == Phase.Succeeded, Reason.ResultRecorded, "")
                .list();
        return Made.step(
                Made.spec(),
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
                        null,
                        null,
                        null,
                        "2026-01-01T00:00:00Z"));
    }

    private static TrainingStep kept(TrainingStep step) {
        var store = Objects.requireNonNull(Slim.steps(1));
        store.put("research/" + Made.NAME, step);
        return store.get("research/" + Made.NAME);
    }

    @Test
    void of_a_step_that_is_done_its_result_is_kept() {
        TrainingStep kept = kept(step(Phase.Succeeded));

        assertThat(kept.getSpec().key()).isEqualTo(Made.KEY);
        assertThat(kept.getSpec().step()).isEqualTo("{}");
        assertThat(kept.getStatus().scores()).isEqualTo(SCORES);
        assertThat(kept.getStatus().conditions()).extracting(Condition::type).containsExactly("Complete");
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
        assertThat(report("{\"key\":\"k\"}")).isInstanceOf(StepReport.Result.class);
        assertThat(report("{\"key\":\"%s\"}".formatted("k".repeat(600)))).isInstanceOf(StepReport.Silence.class);
    }

    private static StepReport report(String message) {
        Pod pod = Made.ended("p1", 0, null, message);
        var store = Objects.requireNonNull(Slim.pods(1));
        store.put("research/p1", pod);
        return new PodSight(store.get("research/p1")).report();
    }

    @Test
    void several_namespaces_share_no_store() {
        assertThat(Slim.steps(2)).isNull();
    }
}
