package dev.isogloss.operator.cluster;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A kube-apiserver and its etcd for the tests of this JVM, with our resource definitions in it; the tests are skipped
/// where the programs are not there. They are looked for in `KUBE_API_TEST_DIR` and in `~/.cache/isogloss/kube/*`, as
/// `k8s/VERSION-PLATFORM/{etcd,kube-apiserver,kubectl}`.
public final class RealApiServer implements ExecutionCondition, BeforeAllCallback {
    private static volatile String kubeconfig = "";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return programs()
                .map(folder -> ConditionEvaluationResult.enabled(folder.toString()))
                .orElseGet(() -> ConditionEvaluationResult.disabled(
                        "no kube-apiserver in KUBE_API_TEST_DIR or ~/.cache/isogloss/kube"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RealApiServer.class))
                .getOrComputeIfAbsent(Started.class);
    }

    static KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(config()).build();
    }

    static Config config() {
        return Config.fromKubeconfig(kubeconfig);
    }

    private static Optional<Path> programs() {
        String given = System.getenv("KUBE_API_TEST_DIR");
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "isogloss", "kube");
        return Stream.concat(Optional.ofNullable(given).map(Path::of).stream(), children(cache).stream())
                .filter(folder -> version(folder).isPresent())
                .findFirst();
    }

    /// The version of the programs below a folder: `k8s/1.34.4-linux-amd64` is 1.34.4.
    private static Optional<String> version(Path folder) {
        return children(folder.resolve("k8s")).stream()
                .filter(programs -> Files.isExecutable(programs.resolve("kube-apiserver")))
                .map(programs -> programs.getFileName().toString().split("-")[0])
                .findFirst();
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// One server for all classes; it ends with the last test.
    static final class Started implements AutoCloseable {
        private final KubeAPIServer server;

        Started() {
            Path programs = programs().orElseThrow();
            server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .withStartupTimeout(120_000)
                    .withTestDir(ownFolder(programs).toString())
                    .withApiServerVersion(version(programs).orElseThrow())
                    .build());
            server.start();
            kubeconfig = server.getKubeConfigYaml();
            try (KubernetesClient client = client()) {
                ResourceDefinitions.install(client);
            } catch (RuntimeException failure) {
                server.stop();
                throw failure;
            }
        }

        /// The server writes certificates beside its programs; two JVMs must not share them.
        private static Path ownFolder(Path programs) {
            try {
                Path folder = Files.createTempDirectory("isogloss-kube");
                Files.createSymbolicLink(
                        folder.resolve("k8s"), programs.resolve("k8s").toAbsolutePath());
                return folder;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void close() {
            server.stop();
        }
    }
}
