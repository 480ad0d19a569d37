package dev.isogloss.chart;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// A server of these tests in a pod of its own, behind a Service of its namespace's name. One of the images lends its
/// Java. The server itself is this test's class path, in a folder of the node.
///
/// @param namespace where it runs; pods elsewhere reach it by name
/// @param image     `operator` or `trainer`, whichever has the Java modules that the server needs
record ServerPod(Namespace namespace, String image, int port) {

    /// Runs `main` with the port and these arguments. Files that it serves have been added before.
    void start(Class<?> main, String... arguments) throws IOException, InterruptedException {
        copyPrograms();
        namespace.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec: {selector: {app: %1$s}, ports: [{port: %2$d}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %1$s, labels: {app: %1$s}}
                spec:
                  automountServiceAccountToken: false
                  volumes: [{name: programs, hostPath: {path: %3$s}}, {name: tmp, emptyDir: {}}]
                  containers:
                    - name: server
                      image: ghcr.io/isogloss/%4$s:%5$s
                      imagePullPolicy: Never
                      command: [/opt/java/bin/java, -Xmx256m, -XX:+UseSerialGC, -cp, "/programs/classes:/programs/*"]
                      args: [%6$s, "%2$d", "%7$s"]
                      readinessProbe: {tcpSocket: {port: %2$d}, periodSeconds: 1, failureThreshold: 120}
                      volumeMounts:
                        - {name: programs, mountPath: /programs, readOnly: true}
                        - {name: tmp, mountPath: /tmp}
                """.formatted(
                        namespace.name(),
                        port,
                        folder(),
                        image,
                        Chart.version(),
                        main.getName(),
                        String.join("\", \"", arguments)));
        namespace.waitFor("condition=Ready", "pod/" + namespace.name(), Namespace.SHORT);
    }

    /// For pods of any namespace.
    String address() {
        return "http://%1$s.%1$s.svc:%2$d".formatted(namespace.name(), port);
    }

    private Path folder() {
        return namespace.volume("programs");
    }

    /// Adds a folder, which the server finds at `/programs/NAME`.
    void add(Path from, String name) throws IOException {
        copy(from, folder().resolve(name));
    }

    /// Copies of all jars, and of this module's classes: a build's folders may be closed to a pod's user.
    private void copyPrograms() throws IOException {
        Files.createDirectories(folder());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) readable(path, folder().resolve(path.getFileName()));
            else if (path.endsWith("test-classes")) copy(path, folder().resolve("classes"));
        }
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                readable(file, copy);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void readable(Path from, Path to) throws IOException {
        Files.copy(from, to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
