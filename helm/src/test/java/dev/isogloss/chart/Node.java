package dev.isogloss.chart;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A cluster of one real node, made by a tool that `ISOGLOSS_CLUSTER_TOOL` names: `TOOL up`, `TOOL load-image FILE`,
/// `TOOL exec kubectl ...`, `TOOL down`. It is empty at first and gone at the end.
final class Node implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Program tool;
    private final Program kubectl;

    private Node(Program tool) {
        this.tool = tool;
        this.kubectl = tool.and("exec", "kubectl");
    }

    /// Skips the test, with a line that says so, where there is no tool or no right to use it.
    ///
    /// @param folder where its state lies
    /// @param apiServerFlags further flags of its API server
    static Node up(Path folder, String apiServerFlags) throws IOException, InterruptedException {
        String named = System.getenv("ISOGLOSS_CLUSTER_TOOL");
        if (named == null || !Files.isExecutable(Path.of(named)))
            return abort("ISOGLOSS_CLUSTER_TOOL names no tool that makes a cluster: nothing is installed on a node");
        if (!"root".equals(System.getProperty("user.name")))
            return abort("a node of containers can be made by root alone: nothing is installed on a node");
        Node node = new Node(Program.at(Path.of(named))
                .with("ISOGLOSS_CLUSTER_DIR", folder)
                .with("ISOGLOSS_APISERVER_FLAGS", apiServerFlags));
        node.tool.run("up").outOrFail();
        return node;
    }

    /// The archive that the build of an image left; skips the test where it has not been built.
    static Path image(String name) {
        Path tar = Chart.ROOT.resolve("images/" + name + "/target/image.tar");
        if (!Files.exists(tar))
            abort("no image " + tar + " (./isogloss image build " + name + "): nothing is installed");
        return tar;
    }

    void load(Path tar) throws IOException, InterruptedException {
        tool.run("load-image", tar.toString()).outOrFail();
    }

    Program.Run kubectl(String... arguments) throws IOException, InterruptedException {
        return kubectl.run(arguments);
    }

    Program.Run helm(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(Chart.helm().command());
        all.addAll(List.of(arguments));
        return tool.and("exec").run(all.toArray(String[]::new));
    }

    /// Kills the process of a pod's container, as a node's kernel would.
    ///
    /// @return whether there was one
    boolean kill(String pod) throws IOException {
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (!environment(process).contains("\0HOSTNAME=" + pod + "\0")) continue;
            return process.destroyForcibly();
        }
        return false;
    }

    /// Empty where it has ended meanwhile.
    private static String environment(ProcessHandle process) {
        try {
            return "\0" + Files.readString(Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    Program.Run evict(String namespace, String pod) throws IOException, InterruptedException {
        String eviction =
                "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}}".formatted(pod);
        String address = "/api/v1/namespaces/%s/pods/%s/eviction".formatted(namespace, pod);
        return kubectl.runWith(eviction, "create", "--raw", address, "-f", "-");
    }

    void apply(String namespace, String manifest) throws IOException, InterruptedException {
        kubectl.runWith(manifest, "apply", "-n", namespace, "-f", "-").outOrFail();
    }

    JsonNode get(String namespace, String... what) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("get", "-n", namespace, "-o", "json"));
        arguments.addAll(List.of(what));
        return JSON.readTree(kubectl(arguments.toArray(String[]::new)).outOrFail());
    }

    void waitFor(String namespace, String condition, String what, Duration most)
            throws IOException, InterruptedException {
        Program.Run run =
                kubectl("wait", "-n", namespace, "--for=" + condition, what, "--timeout=" + most.toSeconds() + "s");
        if (run.code() != 0) throw new AssertionError(run.err() + "\n" + whatIsThere(namespace));
    }

    /// Everything in a namespace that helps to understand why something did not happen.
    String whatIsThere(String namespace) throws IOException, InterruptedException {
        return kubectl("get", "txp,ctr,tst,jobs,pods", "-n", namespace, "-o", "wide")
                        .out()
                + kubectl("describe", "txp,ctr", "-n", namespace).out()
                + kubectl("get", "events", "-n", namespace).out()
                + kubectl("logs", "-n", "isogloss-system", "-l", "app.kubernetes.io/component=operator", "--tail=60")
                        .out();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        tool.run("down").outOrFail();
    }
}
