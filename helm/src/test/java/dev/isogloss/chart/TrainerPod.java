package dev.isogloss.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command line in a pod of the trainer's image, as a user without the operator has it.
///
/// @param volumes what is mounted where: `/data` to `persistentVolumeClaim: {claimName: datasets}`
/// @param environment `envFrom` of the container
record TrainerPod(Namespace namespace, String name, Map<String, String> volumes, String environment) {
    private static final ObjectMapper JSON = new ObjectMapper();

    TrainerPod(Namespace namespace, String name) {
        this(namespace, name, Map.of(), "[]");
    }

    TrainerPod mounting(String path, String source) {
        Map<String, String> more = new LinkedHashMap<>(volumes);
        more.put(path, source);
        return new TrainerPod(namespace, name, more, environment);
    }

    TrainerPod withSecrets(String... secrets) {
        String references =
                Stream.of(secrets).map("{secretRef: {name: %s}}"::formatted).collect(Collectors.joining(", "));
        return new TrainerPod(namespace, name, volumes, "[" + references + "]");
    }

    /// Runs to its end, and gives its log.
    String run(String... arguments) throws IOException, InterruptedException {
        namespace.apply(manifest(arguments));
        namespace.until(Namespace.LONG, () -> List.of("Succeeded", "Failed").contains(namespace.phase(name)));
        String log = namespace.kubectl("logs", name).outOrFail();
        assertThat(namespace.phase(name)).as(log).isEqualTo("Succeeded");
        return log;
    }

    private String manifest(String... arguments) throws IOException {
        StringBuilder mounts = new StringBuilder();
        StringBuilder sources = new StringBuilder();
        int number = 0;
        for (var volume : volumes.entrySet()) {
            String named = "volume-" + ++number;
            mounts.append(", {name: %s, mountPath: %s}".formatted(named, volume.getKey()));
            sources.append(", {name: %s, %s}".formatted(named, volume.getValue()));
        }
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  restartPolicy: Never
                  automountServiceAccountToken: false
                  securityContext: {runAsNonRoot: true, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
                  volumes: [{name: tmp, emptyDir: {}}%s]
                  containers:
                    - name: trainer
                      image: ghcr.io/isogloss/trainer:%s
                      imagePullPolicy: Never
                      args: %s
                      envFrom: %s
                      volumeMounts: [{name: tmp, mountPath: /tmp}%s]
                      securityContext:
                        {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
                """.formatted(name, sources, Chart.version(), JSON.writeValueAsString(arguments), environment, mounts);
    }
}
