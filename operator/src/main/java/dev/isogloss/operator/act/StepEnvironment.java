package dev.isogloss.operator.act;

import dev.isogloss.api.cluster.EnvironmentVariable;
import dev.isogloss.api.cluster.PodOverrides;
import dev.isogloss.api.cluster.SecretReference;
import dev.isogloss.api.cluster.Storage;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Environment variables of the trainer's container.
final class StepEnvironment {
    private StepEnvironment() {}

    /// The root file system is read-only, so a home folder has to be where one may write.
    ///
    /// @param withoutDevice whether the step asks for no GPU, so that an image for GPUs must not look for one
    static List<EnvVar> variables(PodOverrides overrides, StepVolumes volumes, boolean withoutDevice) {
        List<EnvironmentVariable> given = Objects.requireNonNullElse(overrides.env(), List.of());
        List<EnvVar> variables = new ArrayList<>();
        if (given.stream().noneMatch(variable -> variable.name().equals("HOME")))
            variables.add(new EnvVarBuilder().withName("HOME").withValue("/tmp").build());
        if (volumes.isBucket())
            variables.add(new EnvVarBuilder()
                    .withName("ISOGLOSS_SCRATCH")
                    .withValue(StepVolumes.SCRATCH)
                    .build());
        if (withoutDevice)
            variables.add(new EnvVarBuilder()
                    .withName("ISOGLOSS_DEVICE")
                    .withValue("cpu")
                    .build());
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
