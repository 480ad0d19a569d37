package dev.isogloss.operator.act;

import dev.isogloss.api.cluster.EnvironmentVariable;
import dev.isogloss.api.cluster.PodOverrides;
import dev.isogloss.api.cluster.SecretReference;
import dev.isogloss.api.cluster.Storage;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Environment variables of the trainer's container.
final class StepEnvironment {
    private StepEnvironment() {}

    /// The root file system is read-only, so a home folder has to be where one may write. A container that names no
    /// device gets none: NVIDIA's runtime, where it is a node's or the experiment's, would give it all of the
    /// node's, which the scheduler gave to others.
    ///
    /// @param onDevice whether the step computes on a GPU where it has one
    /// @param limits   the container's
    static List<EnvVar> variables(
            PodOverrides overrides, StepVolumes volumes, boolean onDevice, Map<String, Quantity> limits) {
        List<EnvironmentVariable> given = Objects.requireNonNullElse(overrides.env(), List.of());
        Map<String, String> own = new LinkedHashMap<>();
        own.put("HOME", "/tmp");
        if (volumes.isBucket()) own.put("ISOGLOSS_SCRATCH", StepVolumes.SCRATCH);
        boolean hasDevice = StepResources.hasDevice(limits);
        if (!onDevice || !hasDevice) own.put("ISOGLOSS_DEVICE", "cpu");
        if (!hasDevice) own.put("NVIDIA_VISIBLE_DEVICES", "void");
        given.forEach(variable -> own.remove(variable.name()));
        List<EnvVar> variables = new ArrayList<>();
        own.forEach((name, value) -> variables.add(
                new EnvVarBuilder().withName(name).withValue(value).build()));
        given.forEach(variable -> variables.add(variable(variable)));
        return variables;
    }

    private static EnvVar variable(EnvironmentVariable given) {
        var secret = given.secret();
        if (secret == null)
            return new EnvVarBuilder()
                    .withName(given.name())
                    .withValue(given.value())
                    .build();
        return new EnvVarBuilder()
                .withName(given.name())
                .withNewValueFrom()
                .withNewSecretKeyRef(secret.key(), secret.name(), null)
                .endValueFrom()
                .build();
    }

    /// The bucket's keys first: where two Secrets have an entry of one name, the later one holds.
    static List<EnvFromSource> secrets(Storage storage, PodOverrides overrides) {
        Stream<String> keys = Stream.ofNullable(storage.secretRef()).map(SecretReference::name);
        Stream<String> added = Objects.requireNonNullElse(overrides.envFromSecrets(), List.<String>of()).stream();
        return Stream.concat(keys, added)
                .distinct()
                .map(name -> new EnvFromSourceBuilder()
                        .withNewSecretRef()
                        .withName(name)
                        .endSecretRef()
                        .build())
                .toList();
    }
}
