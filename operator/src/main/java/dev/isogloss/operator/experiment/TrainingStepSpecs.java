package dev.isogloss.operator.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isogloss.api.cluster.DatasetLocations;
import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.data.Location;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.plan.Locations;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a planned step to the spec of its TrainingStep.
final class TrainingStepSpecs {
    private static final JsonMapper MAPPER = new JsonMapper();

    private TrainingStepSpecs() {}

    /// @param attempt raised to try a failed step again
    static TrainingStepSpec spec(ExperimentView scene, PlannedStep planned, int attempt) {
        String json = CanonicalJson.of(planned.spec());
        return new TrainingStepSpec(
                planned.key().hex(),
                planned.spec().kind(),
                json,
                Messages.clip(planned.title(), 256),
                planned.inputs().stream().sorted().map(StepKey::hex).toList(),
                locations(scene.locations(), json),
                scene.storage(),
                ofOneStep(scene.runtime()),
                attempt,
                false);
    }

    private static DatasetLocations locations(Locations all, String json) {
        return new DatasetLocations(
                all.data(),
                all.languages().isEmpty() ? null : all.languages(),
                all.corpus(),
                all.pairs(),
                encoder(all.encoders(), json));
    }

    /// A step names the published encoder it starts from, if it starts from one.
    private static @Nullable Location encoder(Map<String, Location> encoders, String json) {
        try {
            JsonNode name = MAPPER.readTree(json).at("/encoder/name");
            return name.isTextual() ? encoders.get(name.asText()) : null;
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// What concerns the experiment as a whole is not a step's: two experiments that differ in their parallelism would
    /// otherwise want different steps, and an edit of it would disturb those that run.
    private static Runtime ofOneStep(Runtime runtime) {
        return new Runtime(
                runtime.image(),
                runtime.resources(),
                runtime.cpuResources(),
                4,
                runtime.queueName(),
                runtime.retries(),
                FailurePolicy.Stop,
                1000000,
                runtime.stepDeadlineSeconds(),
                runtime.keepJobsSeconds(),
                runtime.pod());
    }
}
