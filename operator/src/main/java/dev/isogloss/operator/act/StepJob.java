package dev.isogloss.operator.act;

import dev.isogloss.api.cluster.PodOverrides;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.StepNames;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.result.ExitCode;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The Job of a step: a pure function of the step and the installation's settings. Kubernetes does the retrying.
public final class StepJob {
    /// A Job that goes the moment it ends takes its result with it before it can be read.
    private static final int LEAST_KEPT = 60;

    /// Its result is in the store and in its step's status. The Job of a failure is made to stay longer once it has
    /// failed: thousands of finished Jobs, each with its step's JSON, would fill etcd.
    private static final int MOST_KEPT = 600;

    private StepJob() {}

    public static Job of(TrainingStep step, OperatorSettings settings) {
        Runtime runtime = step.getSpec().runtime();
        PodTemplateSpec template = StepPod.of(step, settings);
        return new JobBuilder()
                .withNewMetadata()
                .withName(step.getMetadata().getName())
                .withNamespace(step.getMetadata().getNamespace())
                .withLabels(labels(step, settings))
                .withAnnotations(new TreeMap<>(Map.of(
                        Labels.GENERATION,
                        String.valueOf(
                                Objects.requireNonNullElse(step.getMetadata().getGeneration(), 0L)),
                        Labels.TEMPLATE,
                        hash(template, runtime))))
                .withOwnerReferences(owner(step))
                .endMetadata()
                .withNewSpec()
                .withSuspend(runtime.queueName() == null ? null : true)
                .withBackoffLimit(runtime.retries())
                .withActiveDeadlineSeconds(runtime.stepDeadlineSeconds())
                .withTtlSecondsAfterFinished(Math.clamp(runtime.keepJobsSeconds(), LEAST_KEPT, MOST_KEPT))
                .withPodReplacementPolicy("Failed")
                .withPodFailurePolicy(failurePolicy())
                .withTemplate(template)
                .endSpec()
                .build();
    }

    /// A hash that differs if the Job would now be made with other pods or in another queue.
    public static String hash(TrainingStep step, OperatorSettings settings) {
        return hash(StepPod.of(step, settings), step.getSpec().runtime());
    }

    /// Of a Job that stands in no queue, as it was before there were queues: such Jobs may be running.
    private static String hash(PodTemplateSpec template, Runtime runtime) {
        String pods = Serialization.asJson(template);
        String queue = runtime.queueName();
        return StepNames.digest(queue == null ? pods : pods + queue).substring(0, 16);
    }

    /// Kueue looks for its labels at the Job: those that a user gives the pods (a WorkloadPriorityClass) go there too.
    private static Map<String, String> labels(TrainingStep step, OperatorSettings settings) {
        Map<String, String> labels = new TreeMap<>();
        PodOverrides pod = PodDefaults.of(step.getSpec().runtime(), settings.trainer());
        if (pod.labels() != null) labels.putAll(pod.labels());
        labels.keySet().removeIf(name -> !name.startsWith(Labels.KUEUE));
        labels.putAll(StepPod.ownLabels(step));
        String queue = step.getSpec().runtime().queueName();
        if (queue != null) labels.put(Labels.QUEUE, queue);
        return labels;
    }

    private static OwnerReference owner(TrainingStep step) {
        return new OwnerReferenceBuilder()
                .withApiVersion(step.getApiVersion())
                .withKind(step.getKind())
                .withName(step.getMetadata().getName())
                .withUid(step.getMetadata().getUid())
                .withController(true)
                .build();
    }

    /// The first rule that fits decides. Wrong input and a device that is too small stay what they are however often
    /// one tries; a pod that was told to stop, or whose node went away, has not failed.
    private static PodFailurePolicy failurePolicy() {
        return new PodFailurePolicyBuilder()
                .addNewRule()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withContainerName(Labels.CONTAINER)
                .withOperator("In")
                .withValues(ExitCode.codes(ExitCode.Retry.Never))
                .endOnExitCodes()
                .endRule()
                .addNewRule()
                .withAction("Ignore")
                .withNewOnExitCodes()
                .withContainerName(Labels.CONTAINER)
                .withOperator("In")
                .withValues(ExitCode.codes(ExitCode.Retry.Uncounted))
                .endOnExitCodes()
                .endRule()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .endRule()
                .build();
    }
}
