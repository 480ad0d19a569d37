package dev.isogloss.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// An API server of a test's own, without our definitions: it may be killed and started again on the same data.
final class OwnApiServer implements AutoCloseable {
    private static final String TOKEN = "of-a-test";

    private final Path folder = Files.createTempDirectory("isogloss-own-kube");
    private final ApiServerPrograms programs = ApiServerPrograms.find().orElseThrow();
    private final int etcdPort = freePort();
    private final int port = freePort();
    private final Process etcd;
    private Process server;

    OwnApiServer() throws IOException {
        Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",test,test,system:masters\n");
        Files.writeString(folder.resolve("accounts.pem"), key());
        etcd = start(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=http://127.0.0.1:" + etcdPort,
                "--advertise-client-urls=http://127.0.0.1:" + etcdPort,
                "--listen-peer-urls=http://127.0.0.1:" + freePort(),
                "--unsafe-no-fsync");
        server = serve();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private Process start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(programs.folder().resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(program + ".log").toFile()))
                .start();
    }

    private Process serve() throws IOException {
        Process process = start(
                "kube-apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--service-account-issuer=https://isogloss.test",
                "--service-account-key-file=" + folder.resolve("accounts.pem"),
                "--service-account-signing-key-file=" + folder.resolve("accounts.pem"),
                "--service-cluster-ip-range=10.0.0.0/24");
        try (KubernetesClient client = client()) {
            Awaitility.await("the API server")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .until(() -> client.namespaces().withName("default").get() != null);
        }
        return process;
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(config()).build();
    }

    Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port)
                .withTrustCerts(true)
                .withOauthToken(TOKEN)
                .build();
    }

    /// What another process needs to reach it.
    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: own, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: test, user: {token: %s}}]
                contexts: [{name: own, context: {cluster: own, user: test}}]
                current-context: own
                """.formatted(port, TOKEN);
    }

    /// Without a word to anybody.
    void kill() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
        server = serve();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        etcd.destroyForcibly().waitFor();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
