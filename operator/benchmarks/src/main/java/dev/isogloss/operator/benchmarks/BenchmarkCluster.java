package dev.isogloss.operator.benchmarks;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A cluster with Isogloss's definitions in it, as a user reaches it.
final class BenchmarkCluster implements AutoCloseable {
    /// The deletion of five thousand Jobs is one request, of half a minute, in milliseconds.
    private static final int PATIENT = 120_000;

    private static final List<String> KINDS =
            List.of("transferexperiments", "cotrainingruns", "transferbenchmarks", "trainingsteps");

    private final KubernetesClient client;

    BenchmarkCluster() throws IOException {
        Config config = Config.autoConfigure(null);
        config.setRequestTimeout(PATIENT);
        config.setUserAgent("isogloss-benchmark");
        client = new KubernetesClientBuilder().withConfig(config).build();
        for (String kind : KINDS) define(kind);
    }

    private void define(String kind) throws IOException {
        String file = "/dev/isogloss/crds/" + kind + ".yaml";
        try (InputStream in = Objects.requireNonNull(BenchmarkCluster.class.getResourceAsStream(file), file)) {
            CustomResourceDefinition definition = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(in)
                    .serverSideApply();
            client.resource(definition).waitUntilCondition(BenchmarkCluster::isEstablished, 1, TimeUnit.MINUTES);
        }
    }

    private static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    KubernetesClient client() {
        return client;
    }

    String namespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    @Override
    public void close() {
        client.close();
    }
}
