package dev.isogloss.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A real node with both images and the chart on it. [Installed] makes one for all classes that ask for it.
final class Installation implements AutoCloseable {
    private final Path folder;
    private final Node node;
    private final Audit audit;
    private final Map<String, Namespace> namespaces = new HashMap<>();
    private final Map<String, LocalRun> localRuns = new HashMap<>();

    private Installation(Path folder, Node node, Audit audit) {
        this.folder = folder;
        this.node = node;
        this.audit = audit;
    }

    /// Skips, with a line that says so, where there is no tool that makes the node, no right to use it, no image or no
    /// Helm.
    static Installation make() throws IOException, InterruptedException {
        Chart.helm();
        Path trainer = Node.image("trainer");
        Path operator = Node.image("operator");
        Path folder = Files.createTempDirectory("isogloss-node");
        Audit audit = Audit.into(folder);
        Installation made = new Installation(folder, Node.up(folder.resolve("node"), audit.apiServerFlags()), audit);
        try {
            made.node.load(trainer);
            made.node.load(operator);
            made.install();
        } catch (Exception | AssertionError failure) {
            made.close();
            throw failure;
        }
        return made;
    }

    private void install() throws IOException, InterruptedException {
        node.helm(
                        "install",
                        "isogloss",
                        Chart.FOLDER.toString(),
                        "--namespace=" + Namespace.OPERATOR,
                        "--create-namespace",
                        "--set=image.tag=" + Chart.version(),
                        "--set=image.pullPolicy=Never",
                        "--set=trainer.image.tag=" + Chart.version(),
                        "--set=trainer.image.pullPolicy=Never",
                        "--set=trainer.resources.requests.cpu=100m",
                        "--set=trainer.resources.requests.memory=256Mi",
                        "--set=trainer.cpuResources.requests.cpu=50m",
                        "--set=trainer.cpuResources.requests.memory=128Mi",
                        "--set=leaderElection.leaseDuration=PT30S", // a busy machine is no failed leader
                        "--set=leaderElection.renewDeadline=PT25S",
                        "--wait",
                        "--timeout=3m")
                .outOrFail();
    }

    Node node() {
        return node;
    }

    Audit audit() {
        return audit;
    }

    /// Where the operator lives.
    Namespace operator() {
        return new Namespace(Namespace.OPERATOR, node, folder);
    }

    /// Made when it is first asked for.
    Namespace namespace(String name) throws IOException, InterruptedException {
        Namespace known = namespaces.get(name);
        if (known != null) return known;
        node.kubectl("create", "namespace", name).outOrFail();
        Namespace made = new Namespace(name, node, folder);
        namespaces.put(name, made);
        return made;
    }

    /// What a manifest comes to in one process of the trainer's image, without the operator. Done once for each
    /// manifest.
    ///
    /// @param secrets of the namespace `local`, for the process's environment
    LocalRun localRun(String manifest, String... secrets) throws IOException, InterruptedException {
        LocalRun known = localRuns.get(manifest);
        if (known != null) return known;
        LocalRun made = LocalRun.of(manifest, "local-" + localRuns.size(), namespace("local"), secrets);
        localRuns.put(manifest, made);
        return made;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        node.close();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) Files.delete(each);
        }
    }
}
