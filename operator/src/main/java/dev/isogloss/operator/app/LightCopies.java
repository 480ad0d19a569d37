package dev.isogloss.operator.app;

import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/// Copies our own resources without writing them out and reading them again: what they hold are records, which
/// nobody can change. The framework copies a resource before each pass.
final class LightCopies extends KubernetesSerialization {

    @Override
    @SuppressWarnings("unchecked") // each case gives the type that it was given
    public <T> T clone(T resource) {
        return switch (resource) {
            case TransferExperiment experiment -> (T) copy(experiment, new TransferExperiment());
            case CoTrainingRun run -> (T) copy(run, new CoTrainingRun());
            case TrainingStep step -> (T) copy(step, new TrainingStep());
            case null, default -> super.clone(resource);
        };
    }

    private static <S, U, R extends CustomResource<S, U>> R copy(R resource, R fresh) {
        fresh.setMetadata(new ObjectMetaBuilder(resource.getMetadata()).build());
        fresh.setSpec(resource.getSpec());
        fresh.setStatus(resource.getStatus());
        return fresh;
    }
}
