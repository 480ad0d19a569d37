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
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A kube-apiserver and its etcd for the tests of this JVM, with our resource definitions in it; the tests are skipped
/// where the programs are not there.
public final class RealApiServer implements ExecutionCondition, BeforeAllCallback {
    private static volatile String kubeconfig = "";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return new ApiServerPrograms.Needed().evaluateExecutionCondition(context);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RealApiServer.class))
                .getOrComputeIfAbsent(Started.class);
    }

    public static KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(config()).build();
    }

    static Config config() {
        return Config.fromKubeconfig(kubeconfig);
    }

    /// What another process needs to reach it.
    static String kubeconfig() {
        return kubeconfig;
    }

    /// One server for all classes; it ends with the last test.
    static final class Started implements AutoCloseable {
        private final KubeAPIServer server;
        private final Path folder;

        Started() {
            ApiServerPrograms programs = ApiServerPrograms.find().orElseThrow();
            folder = ownFolder(programs.home());
            server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .withStartupTimeout(120_000)
                    .withTestDir(folder.toString())
                    .withApiServerVersion(programs.version())
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

        /// The programs stay: their folder is a link, which is not followed.
        @Override
        public void close() throws IOException {
            server.stop();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
            }
        }
    }
}
