package dev.isogloss.operator.act;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/// Writes a status once, and only as an answer to the very resource that was looked at: a spec that was edited
/// meanwhile is looked at first. The framework's own way meets a conflict by writing the old answer over what is new,
/// once that has come, and lets the pass wait for it.
public final class StatusWriter {
    private StatusWriter() {}

    /// @param fresh a resource with the new status and nothing else
    /// @return the resource as it is now
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if the resource has changed
    public static <R extends CustomResource<?, ?>> R write(R seen, R fresh, Context<R> context) {
        var metadata = seen.getMetadata();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withResourceVersion(metadata.getResourceVersion())
                .build());
        R written = context.getClient()
                .resource(fresh)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(context.getControllerConfiguration().fieldManager())
                        .withForce(true)
                        .build());
        context.eventSourceRetriever()
                .getControllerEventSource()
                .handleRecentResourceUpdate(ResourceID.fromResource(seen), written, seen);
        return written;
    }
}
