package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.result.Facts;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Results of finished steps, read from their statuses: numbers, in the form that the summaries need. Where and when
/// a step ran is in the store only.
final class StepResults {
    private static final Provenance ELSEWHERE = new Provenance(Instant.EPOCH, Instant.EPOCH, Map.of(), "", 0, Map.of());

    private StepResults() {}

    static Map<StepKey, StepResult> of(ExperimentView view) {
        Map<StepKey, StepResult> results = new HashMap<>();
        view.steps().forEach((key, step) -> {
            if (ExperimentView.isDone(step)) results.put(key, of(key, step));
        });
        FollowedSteps followed = FollowedSteps.of(view);
        for (StepKey key : followed.keys())
            followed.result(key).ifPresent(done -> results.put(key, of(key, done.result())));
        return results;
    }

    private static StepResult of(StepKey key, TrainingStep step) {
        TrainingStepStatus status = Objects.requireNonNull(step.getStatus());
        return new StepResult(
                key,
                step.getSpec().kind(),
                scores(status.scores()),
                Facts.read(orEmpty(status.facts())),
                ELSEWHERE,
                status.keptModel(),
                orEmpty(status.digests()),
                status.labelSketch());
    }

    private static StepResult of(StepKey key, FollowUpResult result) {
        return new StepResult(
                key,
                result.kind(),
                scores(result.scores()),
                Facts.read(orEmpty(result.facts())),
                ELSEWHERE,
                result.keptModel(),
                orEmpty(result.digests()),
                result.labelSketch());
    }

    private static List<Score> scores(@Nullable List<StepScore> scores) {
        return Objects.requireNonNullElse(scores, List.<StepScore>of()).stream()
                .map(Score::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
