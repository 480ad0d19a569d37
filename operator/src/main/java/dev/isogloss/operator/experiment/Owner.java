package dev.isogloss.operator.experiment;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/// An experiment as the owner of steps.
///
/// @param created RFC 3339 in UTC: such times compare as texts
public record Owner(String apiVersion, String kind, String namespace, String name, String uid, String created) {

    public static Owner of(HasMetadata resource) {
        var metadata = resource.getMetadata();
        return new Owner(
                resource.getApiVersion(),
                resource.getKind(),
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                metadata.getCreationTimestamp());
    }

    /// One of several: none of them is the controller, and the step is deleted with the last.
    public OwnerReference reference() {
        return new OwnerReferenceBuilder()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .build();
    }
}
