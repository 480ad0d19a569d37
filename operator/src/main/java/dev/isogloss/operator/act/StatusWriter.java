package dev.isogloss.operator.act;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/// Writer of statuses: one write, and only for the version of the resource that the status was computed from, so
/// that a spec that was edited meanwhile is reconciled first. The framework's own way answers a conflict by writing
/// the old status over the new resource, and the pass waits for that. The status is replaced as a whole and not
/// applied, so that nothing rests on the API server's record of who has set which field.
public final class StatusWriter {
    private StatusWriter() {}

    /// @param fresh a resource with the new status and nothing else
    /// @return the resource as it is now
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if the resource has changed
    public static <R extends CustomResource<?, ?>> R write(R resource, R fresh, Context<R> context) {
        var metadata = resource.getMetadata();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withResourceVersion(metadata.getResourceVersion())
                .build());
        R written = context.getClient()
                .resource(fresh)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(
                                        context.getControllerConfiguration().fieldManager())
                                .build(),
                        patch(metadata.getResourceVersion(), fresh).toString());
        context.eventSourceRetriever()
                .getControllerEventSource()
                .handleRecentResourceUpdate(ResourceID.fromResource(resource), written, resource);
        return written;
    }

    private static ArrayNode patch(String resourceVersion, CustomResource<?, ?> fresh) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        patch.addObject()
                .put("op", "replace")
                .put("path", "/metadata/resourceVersion")
                .put("value", resourceVersion);
        patch.addObject()
                .put("op", "add")
                .put("path", "/status")
                .set("value", Serialization.jsonMapper().valueToTree(fresh.getStatus()));
        return patch;
    }
}
