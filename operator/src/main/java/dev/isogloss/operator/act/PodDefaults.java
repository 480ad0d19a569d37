package dev.isogloss.operator.act;

import dev.isogloss.api.cluster.EnvironmentVariable;
import dev.isogloss.api.cluster.PodOverrides;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.operator.settings.OperatorSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What every pod gets beside what the trainer needs: an experiment's `runtime.pod` before the installation's.
final class PodDefaults {
    private static final PodOverrides NOTHING =
            new PodOverrides(null, null, null, null, null, null, null, null, null, null, null);

    private PodDefaults() {}

    /// Names and maps of the experiment go before those of the installation entry by entry; what is a set is joined.
    static PodOverrides of(Runtime runtime, OperatorSettings.Trainer trainer) {
        PodOverrides given = Objects.requireNonNullElse(runtime.pod(), NOTHING);
        if (trainer.pod().isEmpty()) return given;
        PodOverrides usual = trainer.pod().get();
        return new PodOverrides(
                both(given.nodeSelector(), usual.nodeSelector()),
                joined(given.tolerations(), usual.tolerations()),
                first(given.priorityClassName(), usual.priorityClassName()),
                first(given.runtimeClassName(), usual.runtimeClassName()),
                first(given.schedulerName(), usual.schedulerName()),
                first(given.serviceAccountName(), usual.serviceAccountName()),
                first(given.imagePullSecrets(), usual.imagePullSecrets()),
                variables(given.env(), usual.env()),
                joined(usual.envFromSecrets(), given.envFromSecrets()),
                both(given.labels(), usual.labels()),
                both(given.annotations(), usual.annotations()));
    }

    private static <T> @Nullable T first(@Nullable T given, @Nullable T usual) {
        return given == null ? usual : given;
    }

    private static @Nullable Map<String, String> both(
            @Nullable Map<String, String> given, @Nullable Map<String, String> usual) {
        if (given == null || usual == null) return first(given, usual);
        Map<String, String> all = new TreeMap<>(usual);
        all.putAll(given);
        return all;
    }

    private static <T> @Nullable List<T> joined(@Nullable List<T> one, @Nullable List<T> other) {
        if (one == null || other == null) return first(one, other);
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    private static @Nullable List<EnvironmentVariable> variables(
            @Nullable List<EnvironmentVariable> given, @Nullable List<EnvironmentVariable> usual) {
        if (given == null || usual == null) return first(given, usual);
        Map<String, EnvironmentVariable> byName = new LinkedHashMap<>();
        usual.forEach(variable -> byName.put(variable.name(), variable));
        given.forEach(variable -> byName.put(variable.name(), variable));
        return List.copyOf(byName.values());
    }
}
