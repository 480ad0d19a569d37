package dev.isogloss.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/// A namespace of the node's, and what tests ask of it.
///
/// @param folder of this machine, for volumes
record Namespace(String name, Node node, Path folder) {
    static final String OPERATOR = "isogloss-system";

    /// For whole experiments, and for what takes seconds on an idle machine.
    static final Duration LONG = Duration.ofMinutes(15);

    static final Duration SHORT = Duration.ofMinutes(3);

    interface Check {
        boolean holds() throws IOException, InterruptedException;
    }

    void apply(String manifest) throws IOException, InterruptedException {
        node.apply(name, manifest);
    }

    Program.Run kubectl(String verb, String... arguments) throws IOException, InterruptedException {
        String[] all = new String[arguments.length + 3];
        all[0] = verb;
        all[1] = "--namespace";
        all[2] = name;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return node.kubectl(all);
    }

    JsonNode get(String... what) throws IOException, InterruptedException {
        return node.get(name, what);
    }

    Program.Run evict(String pod) throws IOException, InterruptedException {
        return node.evict(name, pod);
    }

    void waitFor(String condition, String what, Duration most) throws IOException, InterruptedException {
        node.waitFor(name, condition, what, most);
    }

    /// Asks again and again, with the second that kubectl takes between.
    void until(Duration most, Check check) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + most.toNanos(); System.nanoTime() < end; ) if (check.holds()) return;
        throw new AssertionError("waited in vain\n" + node.whatIsThere(name));
    }

    /// A claim that is a folder of this machine, which is the node: what pods write there can be read here.
    Path claim(String claim) throws IOException, InterruptedException {
        Path volume = Files.createDirectories(volume(claim));
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
        apply("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %1$s-%2$s}
                spec:
                  capacity: {storage: 20Gi}
                  accessModes: [ReadWriteOnce]
                  storageClassName: ""
                  claimRef: {namespace: %1$s, name: %2$s}
                  hostPath: {path: %3$s}
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %2$s}
                spec:
                  accessModes: [ReadWriteOnce]
                  storageClassName: ""
                  volumeName: %1$s-%2$s
                  resources: {requests: {storage: 20Gi}}
                """.formatted(name, claim, volume));
        return volume;
    }

    Path volume(String claim) {
        return folder.resolve("claims/" + name + "/" + claim);
    }

    String phase(String pod) throws IOException, InterruptedException {
        return get("pod/" + pod).at("/status/phase").asText();
    }

    /// The first step's pod that runs, or nothing.
    String pod() throws IOException, InterruptedException {
        return kubectl(
                        "get",
                        "pods",
                        "-l",
                        "app.kubernetes.io/managed-by=isogloss",
                        "--field-selector=status.phase=Running",
                        "-o",
                        "jsonpath={.items[0].metadata.name}")
                .out();
    }

    /// Of the pod that runs.
    String logs() throws IOException, InterruptedException {
        return kubectl("logs", pod()).outOrFail();
    }

    /// Waits until a pod trains.
    void training() throws IOException, InterruptedException {
        until(SHORT, () -> {
            String pod = pod();
            return !pod.isEmpty() && kubectl("logs", pod).out().contains(" updates, ");
        });
    }

    /// Waits until a pod trains that is not this one.
    void anotherTrains(String former) throws IOException, InterruptedException {
        until(SHORT, () -> !List.of("", former).contains(pod()));
        training();
    }
}
