package dev.isogloss.operator.act;

import dev.isogloss.api.Location;
import dev.isogloss.api.Storage;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.words.Words;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;

/// The claim that holds results where an experiment names no storage. It has no owner: results outlive experiments.
public final class StoreClaims {
    private final KubernetesClient client;
    private final OperatorSettings.Store store;

    public StoreClaims(KubernetesClient client, OperatorSettings settings) {
        this.client = client;
        this.store = settings.store();
    }

    public Storage usual() {
        return new Storage(new Location(null, store.claim(), null, null));
    }

    /// Makes the claim where it is missing. Claims of other names are the user's to make.
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
                .withLabels(Map.of(Words.MANAGED_BY, Words.ISOGLOSS))
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
