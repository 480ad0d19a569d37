package dev.isogloss.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A cluster with the real controllers and scheduler on nodes that are only played (kwok), from the tool that
/// `ISOGLOSS_CLUSTER_TOOL` names: `TOOL sim up --nodes N` prints a line with `KUBECONFIG=`, `TOOL down` ends it.
/// Without
/// that variable the tests are skipped.
public final class SimulatedCluster implements ExecutionCondition, BeforeAllCallback {
    private static final Pattern KUBECONFIG = Pattern.compile("KUBECONFIG=[\"']?([^\"'\\s;]+)");
    private static volatile String kubeconfig = "";
    private static volatile Path folder = Path.of("");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return System.getenv("ISOGLOSS_CLUSTER_TOOL") == null
                ? ConditionEvaluationResult.disabled("ISOGLOSS_CLUSTER_TOOL names no tool that starts a cluster")
                : ConditionEvaluationResult.enabled("");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SimulatedCluster.class))
                .getOrComputeIfAbsent(Started.class);
    }

    /// What the tool printed, and how it ended.
    record Said(String text, int code) {}

    /// For more than the cluster itself: it is up by then.
    static Said tool(String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(Objects.requireNonNull(System.getenv("ISOGLOSS_CLUSTER_TOOL"))), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put("ISOGLOSS_CLUSTER_DIR", folder.resolve("cluster").toString());
        Process process = builder.start();
        // Its servers keep the output open: the lines that matter come first.
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(text, process.onExit().join().exitValue());
    }

    static KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
    }

    /// One cluster for all classes; it ends with the last test.
    static final class Started implements AutoCloseable {
        Started() {
            try {
                folder = Files.createTempDirectory("isogloss-sim");
                Matcher said =
                        KUBECONFIG.matcher(tool("sim", "up", "--nodes", "4").text());
                if (!said.find()) throw new IllegalStateException("the cluster tool names no KUBECONFIG");
                kubeconfig = Files.readString(Path.of(said.group(1)));
                try (KubernetesClient client = client()) {
                    ResourceDefinitions.install(client);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void close() throws IOException {
            tool("down");
            Files.deleteIfExists(folder.resolve("cluster"));
            Files.delete(folder);
        }
    }
}
