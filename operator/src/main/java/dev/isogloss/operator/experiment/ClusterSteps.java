package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.views.SharedStepCache;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writer of TrainingSteps to the cluster.
///
/// Each owner applies under a field manager of its own: its owner reference, its run request, and the spec. So it can
/// withdraw its part without knowing the others, and the spec stays as long as one owner does. A patch of an
/// existing step carries the resource version that it was based on, so that no owner undoes what another one did
/// meanwhile.
final class ClusterSteps implements StepWriter {
    private final KubernetesClient client;
    private final SharedStepCache stepCache;

    ClusterSteps(KubernetesClient client, SharedStepCache stepCache) {
        this.client = client;
        this.stepCache = stepCache;
    }

    @Override
    public void apply(
            Owner owner, String name, TrainingStepSpec spec, @Nullable TrainingStep existing, boolean requested) {
        TrainingStep patch =
                patch(owner.namespace(), name, existing == null ? spec : completeSpec(existing, spec), existing);
        patch.getMetadata().setOwnerReferences(List.of(owner.reference()));
        patch.getMetadata().setAnnotations(Map.of(Labels.REQUESTED_BY + owner.uid(), String.valueOf(requested)));
        stepCache.put(send(owner, patch, existing != null), existing);
    }

    @Override
    public void release(Owner owner, TrainingStep existing) {
        var metadata = existing.getMetadata();
        boolean last = metadata.getOwnerReferences().stream()
                .allMatch(other -> other.getUid().equals(owner.uid()));
        if (last) {
            client.resource(existing)
                    .lockResourceVersion(metadata.getResourceVersion())
                    .delete();
            return;
        }
        TrainingStep patch =
                patch(owner.namespace(), metadata.getName(), completeSpec(existing, existing.getSpec()), existing);
        stepCache.put(send(owner, patch, true), existing);
    }

    /// The cache keeps only a part of the spec of a step that is done.
    private TrainingStepSpec completeSpec(TrainingStep existing, TrainingStepSpec spec) {
        if (!ExperimentView.isDone(existing)) return spec;
        TrainingStep stored = client.resource(existing).get();
        return stored == null ? spec : stored.getSpec();
    }

    private static TrainingStep patch(
            String namespace, String name, TrainingStepSpec spec, @Nullable TrainingStep existing) {
        TrainingStep patch = new TrainingStep();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withResourceVersion(Optional.ofNullable(existing)
                        .map(step -> step.getMetadata().getResourceVersion())
                        .orElse(null))
                .build());
        patch.setSpec(spec);
        return patch;
    }

    private TrainingStep send(Owner owner, TrainingStep patch, boolean force) {
        return client.resource(patch)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(owner.fieldManager())
                        .withForce(force)
                        .build());
    }
}
