package dev.isogloss.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The programs of an API server, looked for in `KUBE_API_TEST_DIR` and in `~/.cache/isogloss/kube/*`, where
/// `operator/kube` puts them, as `k8s/VERSION-PLATFORM/{etcd,kube-apiserver,kubectl}`. Without them tests are skipped.
///
/// @param home    the folder that holds `k8s`
/// @param version `1.34.4`
record ApiServerPrograms(Path home, String version, Path folder) {

    /// Skips tests where there are none.
    public static final class Needed implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return find().map(found -> ConditionEvaluationResult.enabled(found.toString()))
                    .orElseGet(
                            () -> ConditionEvaluationResult.disabled(
                                    "no kube-apiserver in KUBE_API_TEST_DIR or ~/.cache/isogloss/kube; operator/kube builds one"));
        }
    }

    static Optional<ApiServerPrograms> find() {
        String given = System.getenv("KUBE_API_TEST_DIR");
        String cache =
                System.getenv().getOrDefault("ISOGLOSS_CACHE", System.getProperty("user.home") + "/.cache/isogloss");
        return Stream.concat(
                        Optional.ofNullable(given).map(Path::of).stream(), children(Path.of(cache, "kube")).stream())
                .flatMap(home -> below(home).stream())
                .findFirst();
    }

    private static Optional<ApiServerPrograms> below(Path home) {
        return children(home.resolve("k8s")).stream()
                .filter(folder -> Files.isExecutable(folder.resolve("kube-apiserver")))
                .map(folder -> new ApiServerPrograms(
                        home, folder.getFileName().toString().split("-")[0], folder))
                .findFirst();
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
