package dev.isogloss.operator.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The packaged operator, started as its image starts it.
final class OperatorProcess implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final List<String> COMMAND = List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xms48m",
            "-Xmn20m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10",
            "-XX:-ShrinkHeapInSteps",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED");

    private static final Pattern USED = Pattern.compile("(?:DefNew|Tenured|generation).* used (\\d+)K");

    private final Process process;
    private final double readySeconds;

    private OperatorProcess(Process process, double readySeconds) {
        this.process = process;
        this.readySeconds = readySeconds;
    }

    /// @param jar `quarkus-run.jar`; what it logs goes into a file beside its folder
    static OperatorProcess start(Path jar) throws Exception {
        return start(jar, Map.of());
    }

    /// @param variables of its environment, beside this program's
    static OperatorProcess start(Path jar, Map<String, String> variables) throws Exception {
        int port = freePort();
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(List.of(
                System.getenv().getOrDefault("OPERATOR_JAVA_OPTIONS", "").split(" ", 0)));
        command.removeIf(String::isEmpty);
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        jar.resolveSibling("../benchmark.log").normalize().toFile()));
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment().putAll(variables);
        long began = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        URI ready = URI.create("http://localhost:" + port + "/q/health/ready");
        try (HttpClient http = HttpClient.newHttpClient()) {
            Until.holds("the operator is ready", LONG, () -> isReady(http, ready, process));
        }
        return new OperatorProcess(process, (System.nanoTime() - began) / 1e9);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isReady(HttpClient http, URI ready, Process process) throws InterruptedException {
        if (!process.isAlive()) throw new IllegalStateException("the operator ended with " + process.exitValue());
        try {
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    /// From its start to its readiness.
    double readySeconds() {
        return readySeconds;
    }

    /// Its resident set now (`VmRSS`) or at its largest (`VmHWM`).
    double megabytes(String which) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(which))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    double processorSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
    }

    /// What its heap holds after a full collection, which this asks for.
    double heapMegabytes() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String pid = String.valueOf(process.pid());
        new ProcessBuilder(jcmd.toString(), pid, "GC.run").start().waitFor();
        Process info = new ProcessBuilder(jcmd.toString(), pid, "GC.heap_info").start();
        String text = new String(info.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return USED.matcher(text)
                        .results()
                        .mapToDouble(used -> Double.parseDouble(used.group(1)))
                        .sum()
                / 1024;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
