package dev.isogloss.operator.step;

import dev.isogloss.api.cluster.Resources;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.result.ExitCode;
import dev.isogloss.result.TerminationMessage;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.List;
import java.util.Optional;

/// The failure of a Job: one reason and one sentence, the trainer's own where it left one.
final class StepFailure {
    private StepFailure() {}

    /// @param hasRun whether a pod of it ever came as far as a node
    static StepPhase.Failed of(TrainingStepSpec spec, JobView job, List<PodView> pods, boolean hasRun) {
        Optional<PodView> last = lastFailed(pods);
        Reason reason = reason(job, last);
        String words = lastWords(pods).orElseGet(() -> kubernetes(job));
        String message =
                switch (reason) {
                    case InvalidInput, OutOfDeviceMemory -> words;
                    case OutOfMemory -> Messages.FAILED_OUT_OF_MEMORY.formatted(memory(spec));
                    case DeadlineExceeded ->
                        (hasRun ? Messages.FAILED_OVER_DEADLINE : Messages.FAILED_UNSCHEDULED)
                                .formatted(spec.runtime().stepDeadlineSeconds());
                    default ->
                        words.isEmpty()
                                ? Messages.FAILED_WITHOUT_WORDS.formatted(times(job))
                                : Messages.FAILED_WITH_WORDS.formatted(times(job), words);
                };
        return new StepPhase.Failed(reason, Messages.clip(message));
    }

    private static Reason reason(JobView job, Optional<PodView> last) {
        String word = job.failure().map(JobCondition::getReason).orElse("");
        if (word.equals("DeadlineExceeded")) return Reason.DeadlineExceeded;
        Reason otherwise =
                last.map(PodView::wasOutOfMemory).orElse(false) ? Reason.OutOfMemory : Reason.RetriesExhausted;
        return last.flatMap(pod -> ExitCode.of(pod.exitCode()))
                .map(exit -> switch (exit) {
                    case InvalidInput -> Reason.InvalidInput;
                    case OutOfDeviceMemory -> Reason.OutOfDeviceMemory;
                    case Done, Failed, LockedElsewhere, Stopped -> otherwise;
                })
                .orElse(otherwise);
    }

    private static Optional<PodView> lastFailed(List<PodView> pods) {
        return pods.stream().filter(PodView::failed).reduce((earlier, later) -> later);
    }

    /// The last words of the last failed pod, or what Kubernetes reports of it.
    static Optional<String> lastWords(List<PodView> pods) {
        return lastFailed(pods).flatMap(StepFailure::words);
    }

    private static Optional<String> words(PodView pod) {
        String said =
                switch (pod.lastWords()) {
                    case TerminationMessage.Error(var sentence) -> sentence;
                    case TerminationMessage.Unreadable(var text) -> Messages.LAST_LINES.formatted(exit(pod), text);
                    case TerminationMessage.Result _, TerminationMessage.Nothing _ ->
                        pod.wasOutOfMemory() ? Messages.KILLED_FOR_MEMORY : fate(pod);
                };
        return said.isBlank() ? Optional.empty() : Optional.of(said);
    }

    private static String fate(PodView pod) {
        return pod.evictionMessage().isEmpty() ? exit(pod) : pod.evictionMessage();
    }

    private static String exit(PodView pod) {
        return pod.exitCode() == null ? "" : Messages.EXIT_CODE.formatted(pod.exitCode());
    }

    private static String kubernetes(JobView job) {
        return job.failure().map(JobCondition::getMessage).orElse("");
    }

    static String times(JobView job) {
        return job.failed() <= 1 ? Messages.ONCE : Messages.SEVERAL_TIMES.formatted(job.failed());
    }

    private static String memory(TrainingStepSpec spec) {
        Resources resources = spec.runtime().resources();
        if (resources == null || resources.limits() == null) return "";
        String limit = resources.limits().get("memory");
        return limit == null ? "" : Messages.MEMORY_LIMIT.formatted(limit);
    }
}
