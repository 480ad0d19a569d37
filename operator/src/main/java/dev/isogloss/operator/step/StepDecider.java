package dev.isogloss.operator.step;

import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.step.JobAction.Create;
import dev.isogloss.operator.step.JobAction.Keep;
import dev.isogloss.operator.step.JobAction.Remove;
import dev.isogloss.operator.step.JobAction.Reread;
import dev.isogloss.operator.step.JobAction.Resume;
import dev.isogloss.operator.step.JobAction.Suspend;
import dev.isogloss.operator.step.StepPhase.Failed;
import dev.isogloss.operator.step.StepPhase.Pending;
import dev.isogloss.operator.step.StepPhase.Stopped;
import dev.isogloss.operator.step.StepPhase.Stopping;
import dev.isogloss.operator.step.StepPhase.Succeeded;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.PodView;
import dev.isogloss.result.TerminationMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Pure decision about a step's Job: the same view always gives the same decision. A Job is created once, and only its
/// `suspend` ever changes; any other change means another Job once the first is gone.
public final class StepDecider {
    private final StepView view;

    private StepDecider(StepView view) {
        this.view = view;
    }

    /// @param action null where there is nothing to do
    /// @param phase  of the step once the action is done
    public record Decision(@Nullable JobAction action, StepPhase phase) {}

    /// Empty once the step has ended: what happens to its Job afterwards changes nothing.
    public static Optional<Decision> decide(StepView view) {
        return view.hasEnded() ? Optional.empty() : Optional.of(new StepDecider(view).decision());
    }

    private Decision decision() {
        JobView job = view.job();
        if (job == null) return withoutJob();
        if (!job.isOurs()) return new Decision(null, nameTaken(job));
        if (!job.belongsTo(view.uid())) return withFormer(job);
        Optional<TerminationMessage.Result> result = result();
        if (result.isPresent()) return new Decision(null, new Succeeded(result.get()));
        if (job.isLeaving()) return leaving();
        if (job.isComplete()) return withoutResult();
        if (job.failure().isPresent()) return failed(job);
        if (isOutdated(job)) return replace(new Remove(Reason.JobReplaced, Messages.SETTINGS_EDITED));
        return view.isRequested() ? requested(job) : withdrawn(job);
    }

    private Decision withoutJob() {
        List<PodView> former = view.unfinishedPods();
        if (!view.isRequested())
            return new Decision(
                    null, former.isEmpty() ? new Stopped(Messages.NOT_REQUESTED) : new Stopping(stopping(former)));
        if (!former.isEmpty())
            return new Decision(
                    null,
                    new Pending(
                            Reason.FormerPodLeaving,
                            Messages.FORMER_POD.formatted(former.getFirst().name())));
        return new Decision(new Create(Reason.JobCreated, Messages.INPUTS_DONE), created());
    }

    /// The watch may report nothing for days of a Job in a queue, so its first status names the queue already.
    private Pending created() {
        @Nullable String queue = view.step().getSpec().runtime().queueName();
        return queue == null
                ? new Pending(Reason.JobCreated, Messages.JOB_CREATED)
                : new Pending(Reason.Queued, Messages.QUEUED.formatted(queue));
    }

    private static Failed nameTaken(JobView job) {
        return new Failed(Reason.NameTaken, Messages.NAME_TAKEN.formatted(job.name()));
    }

    private Decision withFormer(JobView job) {
        var pending = new Pending(Reason.JobRemoved, Messages.FORMER_STEP);
        return job.isLeaving()
                ? new Decision(null, pending)
                : new Decision(new Remove(Reason.JobRemoved, Messages.JOB_OF_FORMER_STEP), pending);
    }

    private Decision leaving() {
        return new Decision(
                null,
                view.isRequested()
                        ? new Pending(Reason.JobReplaced, Messages.FORMER_JOB)
                        : new Stopping(stopping(view.unfinishedPods())));
    }

    /// True if the pod that succeeded is gone, and its termination message with it: it was deleted, or its node
    /// drained, while it finished, and it succeeded before it could stop.
    private boolean hasNoReportingPod() {
        return view.podsOfJob().stream().noneMatch(PodView::succeeded);
    }

    /// The result is in the store, so another pod only has to report it. Where that one is gone before it is read as
    /// well, something takes them away, and a third would fare no better.
    private Decision withoutResult() {
        return hasNoReportingPod() && !view.hasReread()
                ? replace(new Reread(Reason.JobReplaced, Messages.POD_GONE))
                : new Decision(null, resultMissing());
    }

    /// The result of a pod that succeeded. The Job controller counts that pod a second or more later and adds
    /// nothing, so the steps that follow do not wait for it.
    private Optional<TerminationMessage.Result> result() {
        return view.podsOfJob().reversed().stream()
                .filter(PodView::succeeded)
                .flatMap(pod -> pod.lastWords() instanceof TerminationMessage.Result result
                        ? Stream.of(result)
                        : Stream.empty())
                .filter(this::isOfThisStep)
                .findFirst();
    }

    private boolean isOfThisStep(TerminationMessage.Result result) {
        return result.key().hex().equals(view.step().getSpec().key());
    }

    private Failed resultMissing() {
        String because = hasNoReportingPod() ? Messages.PODS_GONE : Messages.NO_REPORT;
        for (PodView pod : view.podsOfJob().reversed())
            if (pod.succeeded())
                switch (pod.lastWords()) {
                    case TerminationMessage.Result other -> because = Messages.OTHER_RESULT.formatted(other.key());
                    case TerminationMessage.Error(var sentence) -> because = Messages.ERROR_REPORT.formatted(sentence);
                    case TerminationMessage.Unreadable(var text) ->
                        because = Messages.UNREADABLE_REPORT.formatted(text);
                    case TerminationMessage.Nothing _ -> {}
                }
        return new Failed(Reason.ResultMissing, Messages.RESULT_MISSING.formatted(because));
    }

    private Decision failed(JobView job) {
        if (job.generation() != view.generation())
            return replace(new Remove(Reason.JobReplaced, Messages.EDITED_SINCE_FAILURE));
        Failed failure = StepFailure.of(view.step().getSpec(), job, view.podsOfJob(), view.hasRun());
        int kept = view.step().getSpec().runtime().keepJobsSeconds();
        return new Decision(
                kept > job.keptSeconds() ? new Keep(failure.reason(), Messages.FAILURE_KEPT.formatted(kept)) : null,
                failure);
    }

    private Decision replace(JobAction removal) {
        return new Decision(
                removal,
                view.isRequested()
                        ? new Pending(removal.reason(), Messages.REPLACED.formatted(removal.because()))
                        : new Stopping(Messages.JOB_REMOVED_BECAUSE.formatted(removal.because())));
    }

    /// A new version of the operator may create other pods; that alone is no reason to disturb those that run.
    private boolean isOutdated(JobView job) {
        return job.generation() != view.generation() && !job.template().equals(view.template());
    }

    private Decision requested(JobView job) {
        if (job.isSuspended() && job.isQueued()) return new Decision(null, new Pending(Reason.Queued, queued(job)));
        if (job.isSuspended() && !job.isSuspendedByUs())
            return new Decision(null, new Pending(Reason.Queued, suspendedByOthers()));
        if (job.isSuspended())
            return new Decision(
                    new Resume(Reason.JobResumed, Messages.REQUESTED_AGAIN),
                    new Pending(Reason.JobResumed, Messages.RESUMED));
        return new Decision(null, StepProgress.of(job, view.podsOfJob()));
    }

    /// Kueue with `manageJobsWithoutQueueName` suspends every Job that names no queue, and again whoever resumes it.
    private String suspendedByOthers() {
        List<PodView> stopped = view.unfinishedPods();
        return stopped.isEmpty()
                ? Messages.SUSPENDED_BY_OTHERS
                : Messages.STOPPED_BY_OTHERS.formatted(stopping(stopped), Messages.SUSPENDED_BY_OTHERS);
    }

    /// Kueue suspends a running Job to make room for another one, and admits it again later: nothing has failed.
    private String queued(JobView job) {
        List<PodView> stopped =
                view.podsOfJob().stream().filter(pod -> !pod.isOver()).toList();
        return stopped.isEmpty()
                ? Messages.QUEUED.formatted(job.queue())
                : Messages.PREEMPTED.formatted(job.queue(), stopping(stopped));
    }

    /// A queued Job's `suspend` belongs to Kueue, which would start it again: then the Job goes.
    private Decision withdrawn(JobView job) {
        String because = view.step().getSpec().suspend() ? Messages.STEP_SUSPENDED : Messages.NOT_REQUESTED;
        if (job.isQueued())
            return new Decision(new Remove(Reason.SuspendRequested, because), new Stopping(Messages.JOB_REMOVED));
        if (!job.isSuspended())
            return new Decision(
                    new Suspend(Reason.SuspendRequested, because), new Stopping(stopping(view.unfinishedPods())));
        List<PodView> pods = view.unfinishedPods();
        return new Decision(
                null, pods.isEmpty() && job.active() == 0 ? new Stopped(because) : new Stopping(stopping(pods)));
    }

    private static String stopping(List<PodView> pods) {
        return pods.isEmpty()
                ? Messages.JOB_STOPPING
                : Messages.CHECKPOINTING.formatted(pods.getFirst().name());
    }
}
