package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Additions to the experiment's pods: a short list, no whole pod template.
public record PodOverrides(
        @Keys(max = 16, length = 317) @JsonPropertyDescription("Labels a node must have.") @Nullable
        Map<String, @Length(min = 0, max = 63) String> nodeSelector,

        @Items(max = 32) @JsonPropertyDescription("Taints the pods put up with.") @Nullable
        List<Toleration> tolerations,

        @Matches(Form.DnsName)
        @JsonPropertyDescription("Name of a PriorityClass. Without it: the namespace's default.")
        @Nullable
        String priorityClassName,

        @Matches(Form.DnsName)
        @JsonPropertyDescription("Name of a RuntimeClass, such as nvidia. Without it: the node's default.")
        @Nullable
        String runtimeClassName,

        @Matches(Form.DnsName)
        @JsonPropertyDescription("Name of the scheduler. Without it: the cluster's default.")
        @Nullable
        String schedulerName,

        @Matches(Form.DnsName)
        @JsonPropertyDescription("ServiceAccount of the pods; they get no token of it. Without it: default.")
        @Nullable
        String serviceAccountName,

        @Items(max = 16, distinct = true) @JsonPropertyDescription("Secrets to pull the image with.") @Nullable
        List<@Matches(Form.DnsName) String> imagePullSecrets,

        @Items(max = 64, keyedBy = "name") @JsonPropertyDescription("Environment variables of the trainer.") @Nullable
        List<EnvironmentVariable> env,

        @Items(max = 16, distinct = true)
        @JsonPropertyDescription(
                "Secrets whose every entry becomes an environment variable: keys for s3:// and hf:// locations.")
        @Nullable
        List<@Matches(Form.DnsName) String> envFromSecrets,

        @Keys(max = 32, length = 317) @JsonPropertyDescription("Further labels of the pods.") @Nullable
        Map<String, @Length(min = 0, max = 63) String> labels,

        @Keys(max = 32, length = 317) @JsonPropertyDescription("Further annotations of the pods.") @Nullable
        Map<String, @Length(min = 0, max = 4096) String> annotations) {}
