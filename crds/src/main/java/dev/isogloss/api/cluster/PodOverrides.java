package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Additions to the experiment's pods: a short list, no whole pod template.
public record PodOverrides(
        @Keys(max = 16, length = 317) @Meaning("Labels a node must have.") @Nullable
        Map<String, @Length(min = 0, max = 63) String> nodeSelector,

        @Items(max = 32) @Meaning("Taints the pods put up with.") @Nullable
        List<Toleration> tolerations,

        @Matches(Form.DnsName) @Meaning("Name of a PriorityClass. Without it: the namespace's default.") @Nullable
        String priorityClassName,

        @Matches(Form.DnsName)
        @Meaning("Name of a RuntimeClass, such as nvidia. Without it: the node's default.")
        @Nullable
        String runtimeClassName,

        @Matches(Form.DnsName) @Meaning("Name of the scheduler. Without it: the cluster's default.") @Nullable
        String schedulerName,

        @Matches(Form.DnsName)
        @Meaning("ServiceAccount of the pods; they get no token of it. Without it: default.")
        @Nullable
        String serviceAccountName,

        @Items(max = 16, distinct = true) @Meaning("Secrets to pull the image with.") @Nullable
        List<@Matches(Form.DnsName) String> imagePullSecrets,

        @Items(max = 64, keyedBy = "name") @Meaning("Environment variables of the trainer.") @Nullable
        List<EnvironmentVariable> env,

        @Items(max = 16, distinct = true)
        @Meaning("Secrets whose every entry becomes an environment variable: keys for s3:// and hf:// locations.")
        @Nullable
        List<@Matches(Form.DnsName) String> envFromSecrets,

        @Keys(max = 32, length = 317) @Meaning("Further labels of the pods.") @Nullable
        Map<String, @Length(min = 0, max = 63) String> labels,

        @Keys(max = 32, length = 317) @Meaning("Further annotations of the pods.") @Nullable
        Map<String, @Length(min = 0, max = 4096) String> annotations) {}
