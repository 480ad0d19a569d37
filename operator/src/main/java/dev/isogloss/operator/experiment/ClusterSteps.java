package dev.isogloss.operator.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.views.RunRequests;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Writer of TrainingSteps to the cluster.
///
/// A step may be shared by thousands of experiments, so a patch names only what it changes, and drops the API server's
/// record of who has set which field: nothing here is applied, and keeping that record up to date took most of a join's
/// time, with an entry for each owner. Whoever only adds itself to the owners undoes
/// nothing of what another one did meanwhile. Every other patch carries the resource version that it was based on.
final class ClusterSteps implements StepWriter {
    private static final String MANAGER = "isogloss";
    private static final Set<String> ANNOTATIONS = Set.of(Labels.WITHDRAWN_BY, Labels.TRIED_BY);

    private final KubernetesClient client;
    private final BiConsumer<TrainingStep, @Nullable TrainingStep> cache;

    /// @param cache takes what the API server answered, and what the write was based on
    ClusterSteps(KubernetesClient client, BiConsumer<TrainingStep, @Nullable TrainingStep> cache) {
        this.client = client;
        this.cache = cache;
    }

    @Override
    public void create(Owner owner, String name, TrainingStepSpec spec, RunRequests requests) {
        TrainingStep step = new TrainingStep();
        step.setMetadata(new ObjectMetaBuilder()
                .withNamespace(owner.namespace())
                .withName(name)
                .withAnnotations(requests.annotations())
                .withOwnerReferences(owner.reference())
                .build());
        step.setSpec(spec);
        cache.accept(client.resource(step).create(), null);
    }

    @Override
    public void update(Owner owner, TrainingStep existing, TrainingStepSpec spec, RunRequests requests) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        if (!spec.equals(existing.getSpec()))
            operation(patch, "replace", "/spec")
                    .set("value", Serialization.jsonMapper().valueToTree(spec));
        annotate(patch, existing, requests);
        boolean joinsOnly = patch.isEmpty() && !owners(existing).isEmpty();
        if (!RunRequests.of(existing).isOwnedBy(owner.uid())) join(patch, owner, existing);
        send(existing, patch, joinsOnly);
    }

    @Override
    public void release(Owner owner, TrainingStep existing) {
        List<OwnerReference> owners = owners(existing);
        if (owners.stream().allMatch(other -> other.getUid().equals(owner.uid()))) {
            client.resource(existing)
                    .lockResourceVersion(existing.getMetadata().getResourceVersion())
                    .delete();
            return;
        }
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        IntStream.range(0, owners.size())
                .map(i -> owners.size() - 1 - i)
                .filter(i -> owners.get(i).getUid().equals(owner.uid()))
                .forEach(i -> operation(patch, "remove", "/metadata/ownerReferences/" + i));
        annotate(patch, existing, RunRequests.of(existing).left(owner.uid()));
        send(existing, patch, false);
    }

    private static void join(ArrayNode patch, Owner owner, TrainingStep existing) {
        var reference = Serialization.jsonMapper().valueToTree(owner.reference());
        if (owners(existing).isEmpty())
            operation(patch, "add", "/metadata/ownerReferences")
                    .putArray("value")
                    .add(reference);
        else operation(patch, "add", "/metadata/ownerReferences/-").set("value", reference);
    }

    private static List<OwnerReference> owners(TrainingStep step) {
        return Objects.requireNonNullElse(step.getMetadata().getOwnerReferences(), List.of());
    }

    private static void annotate(ArrayNode patch, TrainingStep existing, RunRequests requests) {
        @Nullable Map<String, String> before = existing.getMetadata().getAnnotations();
        Map<String, String> wanted = requests.annotations();
        if (before == null || before.isEmpty()) {
            if (wanted.isEmpty()) return;
            ObjectNode all = operation(patch, "add", "/metadata/annotations").putObject("value");
            wanted.forEach(all::put);
            return;
        }
        for (String name : ANNOTATIONS) {
            String path = "/metadata/annotations/" + name.replace("/", "~1");
            @Nullable String value = wanted.get(name);
            if (value == null) {
                if (before.containsKey(name)) operation(patch, "remove", path);
            } else if (!value.equals(before.get(name)))
                operation(patch, "add", path).put("value", value);
        }
    }

    private static ObjectNode operation(ArrayNode patch, String operation, String path) {
        return patch.addObject().put("op", operation).put("path", path);
    }

    private void send(TrainingStep existing, ArrayNode patch, boolean commutes) {
        if (patch.isEmpty()) return;
        if (!commutes)
            operation(patch, "replace", "/metadata/resourceVersion")
                    .put("value", existing.getMetadata().getResourceVersion());
        operation(patch, "add", "/metadata/managedFields").putArray("value").addObject();
        cache.accept(
                client.resource(existing)
                        .patch(
                                new PatchContext.Builder()
                                        .withPatchType(PatchType.JSON)
                                        .withFieldManager(MANAGER)
                                        .build(),
                                patch.toString()),
                existing);
    }
}
