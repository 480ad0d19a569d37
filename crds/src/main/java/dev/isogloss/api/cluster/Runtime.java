package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Bounds;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// Settings of the steps' execution; none of them changes a result or is part of its identity.
public record Runtime(
        @Matches(Form.Image)
        @Meaning("Image of the trainer. Without it: the one the operator's chart names. A laptop ignores it.")
        @Nullable
        String image,

        @Meaning("What a training pod asks for. Without it: what the operator's chart says.") @Nullable
        Resources resources,

        @Meaning("What the pod of a step that needs no GPU asks for (selecting, averaging, analysing; the last runs "
                + "the models, on the CPU, and wants memory for the encoder). Without it: what the operator's chart "
                + "says.")
        @Nullable
        Resources cpuResources,

        @Range(min = 1, max = 1000)
        @Default("4")
        @Meaning("Steps of this experiment that may run at the same time. Default 4; a laptop goes by --parallel.")
        int parallelism,

        @Matches(Form.DnsLabel) @Meaning("Kueue's LocalQueue that admits the jobs. Without it: no queue.") @Nullable
        String queueName,

        @Range(min = 0, max = 100)
        @Default("3")
        @Meaning("How often a step is tried again after a failure that is neither its manifest's nor its data's fault.")
        int retries,

        @Default("Stop")
        @Meaning("What a failed step means: Stop (stop everything) or Continue (with what does not depend on it). "
                + "Default Stop; a laptop always continues.")
        FailurePolicy failurePolicy,

        @Range(min = 0, max = 1000000)
        @Default("1000000")
        @Meaning("With Continue: stop everything once more than so many steps have failed.")
        int maxFailedSteps,

        @Range(min = 1, max = 31536000)
        @Meaning("Seconds after the start of its Job after which a step that has not ended fails; waiting for a node "
                + "and retries count, waiting in a queue of Kueue does not. Without it: no limit.")
        @Nullable
        Long stepDeadlineSeconds,

        @Range(min = 0, max = 31536000)
        @Default("86400")
        @Meaning("Seconds that a failed Job and its logs stay. One that succeeded goes after ten minutes, or "
                + "sooner where this is less. Default 86400 (a day).")
        int keepJobsSeconds,

        @Meaning("Further settings of the pods.") @Nullable PodOverrides pod,

        @Default("Model")
        @Meaning(
                "What one pod does: a step that makes a model and then the evaluations, labellings and selections that "
                        + "read it (Model); also the training that goes on from it, where it is the only one (Line), "
                        + "which saves starts of pods and holds a device for longer; or a single step (Step). Default "
                        + "Model; a laptop has one process anyway.")
        PodPer podPer) {

    public Runtime {
        Bounds.check(Runtime.class, "parallelism", parallelism);
        Bounds.check(Runtime.class, "retries", retries);
        Bounds.check(Runtime.class, "maxFailedSteps", maxFailedSteps);
        Bounds.check(Runtime.class, "stepDeadlineSeconds", stepDeadlineSeconds);
        Bounds.check(Runtime.class, "keepJobsSeconds", keepJobsSeconds);
    }

    /// With the default of podPer.
    public Runtime(
            @Nullable String image,
            @Nullable Resources resources,
            @Nullable Resources cpuResources,
            int parallelism,
            @Nullable String queueName,
            int retries,
            FailurePolicy failurePolicy,
            int maxFailedSteps,
            @Nullable Long stepDeadlineSeconds,
            int keepJobsSeconds,
            @Nullable PodOverrides pod) {
        this(
                image,
                resources,
                cpuResources,
                parallelism,
                queueName,
                retries,
                failurePolicy,
                maxFailedSteps,
                stepDeadlineSeconds,
                keepJobsSeconds,
                pod,
                PodPer.Model);
    }
}
