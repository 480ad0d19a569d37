package dev.isogloss.operator.cluster;

import dev.isogloss.resource.CoTrainingRun;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferBenchmark;
import dev.isogloss.resource.TransferExperiment;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Our resource definitions, put into a cluster.
final class ResourceDefinitions {
    static final List<String> KINDS =
            List.of("transferexperiments", "cotrainingruns", "transferbenchmarks", "trainingsteps");

    private ResourceDefinitions() {}

    static void install(KubernetesClient client) {
        KINDS.forEach(kind -> install(client, kind));
        // Right after a definition is established the server may still answer 429, which this client outlasts.
        client.resources(TransferExperiment.class).inAnyNamespace().list();
        client.resources(CoTrainingRun.class).inAnyNamespace().list();
        client.resources(TransferBenchmark.class).inAnyNamespace().list();
        client.resources(TrainingStep.class).inAnyNamespace().list();
    }

    private static void install(KubernetesClient client, String kind) {
        String file = "/dev/isogloss/crds/" + kind + ".yaml";
        try (InputStream in = Objects.requireNonNull(ResourceDefinitions.class.getResourceAsStream(file), file)) {
            CustomResourceDefinition definition = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(in)
                    .forceConflicts()
                    .serverSideApply();
            client.resource(definition).waitUntilCondition(ResourceDefinitions::isEstablished, 1, TimeUnit.MINUTES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As `kubectl delete crd` does: all resources of these kinds go first.
    static void remove(KubernetesClient client) {
        var definitions = client.apiextensions().v1().customResourceDefinitions();
        List<String> names = KINDS.stream().map(kind -> kind + ".isogloss.dev").toList();
        names.forEach(name -> definitions.withName(name).delete());
        names.forEach(name -> definitions.withName(name).waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES));
    }

    static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }
}
