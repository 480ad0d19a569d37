package dev.isogloss.operator.act;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.data.Location;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.settings.OperatorSettings;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The claim that holds results where an experiment names no storage. It has no owner: results outlive experiments.
public final class StoreClaims {
    private final KubernetesClient client;
    private final OperatorSettings.Store store;

    public StoreClaims(KubernetesClient client, OperatorSettings settings) {
        this.client = client;
        this.store = settings.store();
    }

    /// The storage of an experiment's results.
    ///
    /// @param given what the experiment names
    /// @throws InvalidInput if that is a folder, which a pod does not have
    public Storage of(@Nullable Storage given) {
        if (given == null) return new Storage(new Location(null, store.claim(), null, null));
        String uri = given.location().uri();
        if (uri != null && uri.startsWith("file:")) throw new InvalidInput(Messages.STORE_IS_FOLDER.formatted(uri));
        return given;
    }

    /// Creates the claim where it is missing. Users create claims of other names.
    public void ensure(String namespace, Storage storage) {
        if (!store.create() || !store.claim().equals(storage.location().claim())) return;
        if (client.persistentVolumeClaims()
                        .inNamespace(namespace)
                        .withName(store.claim())
                        .get()
                != null) return;
        try {
            client.resource(claim(namespace)).create();
        } catch (KubernetesClientException failure) {
            // Another experiment's pass was faster.
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) throw failure;
        }
    }

    private PersistentVolumeClaim claim(String namespace) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(store.claim())
                .withLabels(Map.of(Labels.MANAGED_BY, Labels.ISOGLOSS))
                .endMetadata()
                .withNewSpec()
                .withAccessModes(store.accessMode())
                .withStorageClassName(store.storageClass().orElse(null))
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(store.size())))
                .endResources()
                .endSpec()
                .build();
    }
}
