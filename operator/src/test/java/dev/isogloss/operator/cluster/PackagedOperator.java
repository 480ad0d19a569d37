package dev.isogloss.operator.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/// The application as it is packaged, in a process of its own.
final class PackagedOperator implements AutoCloseable {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private final int port;
    private final Path log;
    private final ProcessBuilder builder;
    private Process process;

    /// @param folder      for its log and what it needs to reach the API server
    /// @param environment further variables: `name, value, name, value`
    PackagedOperator(Path folder, String kubeconfig, String namespace, boolean leaderElection, String... environment)
            throws IOException {
        port = freePort();
        log = folder.resolve("operator-" + port + ".log");
        Path access = Files.writeString(folder.resolve("kubeconfig-" + port), kubeconfig);
        builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-jar",
                        JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("KUBECONFIG", access.toString());
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment().put("QUARKUS_OPERATOR_SDK_NAMESPACES", namespace);
        builder.environment().put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_ENABLED", String.valueOf(leaderElection));
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_NAMESPACE", namespace);
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_LEASE_DURATION", "PT6S");
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_RENEW_DEADLINE", "PT4S");
        builder.environment().put("ISOGLOSS_LEADER_ELECTION_RETRY_PERIOD", "PT1S");
        for (int i = 0; i < environment.length; i += 2) builder.environment().put(environment[i], environment[i + 1]);
        process = builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Process process() {
        return process;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create("http://localhost:" + port + path);
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    void awaitReady() {
        Awaitility.await("readiness")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get("/q/health/ready").statusCode() == 200);
    }

    List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    /// As the kubelet does with the container of a pod.
    void startAgainIfItHasEnded() throws IOException {
        if (!process.isAlive()) process = builder.start();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
