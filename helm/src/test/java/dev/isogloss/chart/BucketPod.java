package dev.isogloss.chart;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// [S3Server] in a pod of its own, and what leads to it. The operator's image lends its Java, which has the modules
/// that the server needs. The server itself is this test's class path, in a folder of the node.
///
/// @param namespace where it runs; trainers elsewhere reach it by name
record BucketPod(Namespace namespace) {
    private static final String ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final int PORT = 9000;

    void start() throws IOException, InterruptedException {
        Path programs = programs();
        namespace.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: s3}
                spec: {selector: {app: s3}, ports: [{port: %1$d}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: s3, labels: {app: s3}}
                spec:
                  automountServiceAccountToken: false
                  volumes: [{name: programs, hostPath: {path: %2$s}}, {name: tmp, emptyDir: {}}]
                  containers:
                    - name: s3
                      image: ghcr.io/isogloss/operator:%3$s
                      imagePullPolicy: Never
                      command: [/opt/java/bin/java, -Xmx256m, -XX:+UseSerialGC, -cp, "/programs/classes:/programs/*"]
                      args: [dev.isogloss.chart.S3Server, "%1$d", %4$s, %5$s]
                      readinessProbe: {tcpSocket: {port: %1$d}, periodSeconds: 1, failureThreshold: 120}
                      volumeMounts:
                        - {name: programs, mountPath: /programs, readOnly: true}
                        - {name: tmp, mountPath: /tmp}
                """.formatted(PORT, programs, Chart.version(), ID, SECRET));
        namespace.waitFor("condition=Ready", "pod/s3", Namespace.SHORT);
    }

    /// Copies of all jars, and of this module's classes: a build's folders may be closed to a pod's user.
    private Path programs() throws IOException {
        Path programs = Files.createDirectories(namespace.volume("programs"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) readable(path, programs.resolve(path.getFileName()));
            else if (path.endsWith("test-classes")) copy(path, programs.resolve("classes"));
        }
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs;
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

    /// The Secret that leads to it, for pods of another namespace.
    String secret(String name) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData:
                  AWS_ENDPOINT_URL: http://s3.%s.svc:%d
                  AWS_ACCESS_KEY_ID: %s
                  AWS_SECRET_ACCESS_KEY: %s
                """.formatted(name, namespace.name(), PORT, ID, SECRET);
    }

    /// What somebody gets who signs nothing.
    Program.Run unsigned(String path) throws IOException, InterruptedException {
        return namespace
                .node()
                .kubectl(
                        "get",
                        "--raw",
                        "/api/v1/namespaces/%s/services/s3:%d/proxy/%s".formatted(namespace.name(), PORT, path));
    }
}
