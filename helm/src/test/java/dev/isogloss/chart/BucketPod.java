package dev.isogloss.chart;

import java.io.IOException;

/// [S3Server] in a pod of its own, and the Secret that leads to it.
///
/// @param namespace where it runs; trainers elsewhere reach it by name
record BucketPod(Namespace namespace) {
    static final String ID = "AKIDEXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final int PORT = 9000;

    /// The operator's image has the Java modules that the server needs.
    private ServerPod pod() {
        return new ServerPod(namespace, "operator", PORT);
    }

    void start() throws IOException, InterruptedException {
        pod().start(S3Server.class, ID, SECRET);
    }

    /// For pods of another namespace.
    String secret(String name) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData:
                  AWS_ENDPOINT_URL: %s
                  AWS_ACCESS_KEY_ID: %s
                  AWS_SECRET_ACCESS_KEY: %s
                """.formatted(name, pod().address(), ID, SECRET);
    }

    /// The answer to a request without a signature.
    Program.Run unsigned(String path) throws IOException, InterruptedException {
        return namespace
                .node()
                .kubectl(
                        "get",
                        "--raw",
                        "/api/v1/namespaces/%1$s/services/%1$s:%2$d/proxy/%3$s"
                                .formatted(namespace.name(), PORT, path));
    }
}
