package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Distinct;
import dev.isogloss.api.schema.KeyedBy;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Additions to the experiment's pods: a short list, no whole pod template.
public record PodOverrides(
        @Keys(max = 16, length = 317) @JsonPropertyDescription("Labels a node must have.") @Nullable
        Map<String, @Size(min = 0, max = 63) String> nodeSelector,

        @Size(min = 1, max = 32) @JsonPropertyDescription("Taints the pods put up with.") @Nullable
        List<Toleration> tolerations,

        @Size(min = 1, max = 253)
        @Pattern(Patterns.DNS_NAME)
        @JsonPropertyDescription("Name of a PriorityClass. Without it: the namespace's default.")
        @Nullable
        String priorityClassName,

        @Size(min = 1, max = 253)
        @Pattern(Patterns.DNS_NAME)
        @JsonPropertyDescription("Name of a RuntimeClass, such as nvidia. Without it: the node's default.")
        @Nullable
        String runtimeClassName,

        @Size(min = 1, max = 253)
        @Pattern(Patterns.DNS_NAME)
        @JsonPropertyDescription("Name of the scheduler. Without it: the cluster's default.")
        @Nullable
        String schedulerName,

        @Size(min = 1, max = 253)
        @Pattern(Patterns.DNS_NAME)
        @JsonPropertyDescription("ServiceAccount of the pods; they get no token of it. Without it: default.")
        @Nullable
        String serviceAccountName,

        @Size(min = 1, max = 16) @Distinct @JsonPropertyDescription("Secrets to pull the image with.") @Nullable
        List<@Size(min = 1, max = 253) @Pattern(Patterns.DNS_NAME) String> imagePullSecrets,

        @Size(min = 1, max = 64)
        @KeyedBy("name")
        @JsonPropertyDescription("Environment variables of the trainer.")
        @Nullable
        List<EnvironmentVariable> env,

        @Size(min = 1, max = 16)
        @Distinct
        @JsonPropertyDescription(
                "Secrets whose every entry becomes an environment variable: keys for s3:// and hf:// locations.")
        @Nullable
        List<@Size(min = 1, max = 253) @Pattern(Patterns.DNS_NAME) String> envFromSecrets,

        @Keys(max = 32, length = 317) @JsonPropertyDescription("Further labels of the pods.") @Nullable
        Map<String, @Size(min = 0, max = 63) String> labels,

        @Keys(max = 32, length = 317) @JsonPropertyDescription("Further annotations of the pods.") @Nullable
        Map<String, @Size(min = 0, max = 4096) String> annotations) {}
