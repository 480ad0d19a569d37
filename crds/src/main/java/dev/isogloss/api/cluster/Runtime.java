package dev.isogloss.api.cluster;

import static dev.isogloss.api.schema.Bounds.within;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// Settings of the steps' execution; none of them changes a result or is part of its identity.
public record Runtime(
        @Size(min = 1, max = 512)
        @Pattern(Patterns.IMAGE)
        @JsonPropertyDescription(
                "Image of the trainer. Without it: the one the operator's chart names. A laptop ignores it.")
        @Nullable
        String image,

        @JsonPropertyDescription("What a training pod asks for. Without it: what the operator's chart says.") @Nullable
        Resources resources,

        @JsonPropertyDescription(
                "What the pod of a step that needs no GPU asks for (selecting, averaging, analysing; the last runs the models, on "
                        + "the CPU, and wants memory for the encoder). Without it: what the operator's chart says.")
        @Nullable
        Resources cpuResources,

        @Min(1)
        @Max(1000)
        @Default("4")
        @JsonPropertyDescription(
                "Steps of this experiment that may run at the same time. Default 4; a laptop goes by --parallel.")
        int parallelism,

        @Size(min = 1, max = 63)
        @Pattern(Patterns.DNS_LABEL)
        @JsonPropertyDescription("Kueue's LocalQueue that admits the jobs. Without it: no queue.")
        @Nullable
        String queueName,

        @Min(0)
        @Max(100)
        @Default("3")
        @JsonPropertyDescription(
                "How often a step is tried again after a failure that is neither its manifest's nor its data's fault. "
                        + "Default 3.")
        int retries,

        @Default("Stop")
        @JsonPropertyDescription(
                "What a failed step means: Stop (stop everything) or Continue (with what does not depend on it). Default "
                        + "Stop; a laptop always continues.")
        FailurePolicy failurePolicy,

        @Min(0)
        @Max(1000000)
        @Default("1000000")
        @JsonPropertyDescription(
                "With Continue: stop everything once more than so many steps have failed. Default 1000000.")
        int maxFailedSteps,

        @Min(1)
        @Max(31536000)
        @JsonPropertyDescription(
                "Seconds after the start of its Job after which a step that has not ended fails; waiting for a node and "
                        + "retries count, waiting in a queue of Kueue does not. Without it: no limit.")
        @Nullable
        Long stepDeadlineSeconds,

        @Min(0)
        @Max(31536000)
        @Default("86400")
        @JsonPropertyDescription("Seconds that a finished Job and its logs stay. Default 86400 (a day).")
        int keepJobsSeconds,

        @JsonPropertyDescription("Further settings of the pods.") @Nullable
        PodOverrides pod) {

    public Runtime {
        within("parallelism", parallelism, 1, 1000);
        within("retries", retries, 0, 100);
        within("maxFailedSteps", maxFailedSteps, 0, 1000000);
        within("stepDeadlineSeconds", stepDeadlineSeconds, 1, 31536000);
        within("keepJobsSeconds", keepJobsSeconds, 0, 31536000);
    }
}
