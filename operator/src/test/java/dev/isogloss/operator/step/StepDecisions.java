package dev.isogloss.operator.step;

import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.step.StepDecider.Decision;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Steps, Jobs and what is decided of them, for the tests of `StepDecider`.
final class StepDecisions {
    static final TrainingStep REQUESTED = StepFixtures.step();
    static final TrainingStep WITHDRAWN = StepFixtures.ownedBy(StepFixtures.step(), "experiment-1", false);

    private StepDecisions() {}

    static Decision decide(TrainingStep step, @Nullable Job job, Pod... pods) {
        return StepDecider.decide(view(step, job, pods)).orElseThrow();
    }

    static StepView view(TrainingStep step, @Nullable Job job, Pod... pods) {
        return new StepView(
                step,
                job == null ? null : new JobView(job),
                "t1",
                Arrays.stream(pods).map(PodView::new).toList());
    }

    static Job leaving(Job job) {
        job.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        return job;
    }

    static Job suspended(Job job) {
        Job ours = suspendedByOthers(job);
        Map<String, String> annotations = new HashMap<>(ours.getMetadata().getAnnotations());
        annotations.put(Labels.SUSPENDED, "true");
        ours.getMetadata().setAnnotations(annotations);
        return ours;
    }

    static Job suspendedByOthers(Job job) {
        job.getSpec().setSuspend(true);
        return job;
    }

    static Job queued(Job job) {
        job.getMetadata()
                .setLabels(Map.of(
                        Labels.MANAGED_BY, Labels.ISOGLOSS, Labels.STEP, StepFixtures.NAME, Labels.QUEUE, "research"));
        return job;
    }

    static Job running() {
        return StepFixtures.job().editStatus().withActive(1).endStatus().build();
    }
}
