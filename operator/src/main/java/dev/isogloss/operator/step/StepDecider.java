package dev.isogloss.operator.step;

import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.step.JobAction.Create;
import dev.isogloss.operator.step.JobAction.Remove;
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

/// What a step needs next: the same view always gives the same decision. A Job is made once and never changed but for
/// `suspend`; whatever else has to change makes another Job once the first is gone.
public final class StepDecider {
    private final StepView seen;

    private StepDecider(StepView seen) {
        this.seen = seen;
    }

    /// @param action  null where there is nothing to do
    /// @param outlook what status is to say once the action is done
    public record Decision(@Nullable JobAction action, StepPhase outlook) {}

    /// Empty once the step has ended: whatever happens to its Job then changes nothing.
    public static Optional<Decision> decide(StepView seen) {
        return seen.hasEnded() ? Optional.empty() : Optional.of(new StepDecider(seen).decision());
    }

    private Decision decision() {
        JobView job = seen.job();
        if (job == null) return withoutJob();
        if (!job.isOurs()) return new Decision(null, taken(job));
        if (!job.belongsTo(seen.uid())) return withFormer(job);
        Optional<TerminationMessage.Result> result = result();
        if (result.isPresent()) return new Decision(null, new Succeeded(result.get()));
        if (job.isLeaving()) return leaving();
        if (job.isComplete()) return isMute() ? reread() : new Decision(null, missing());
        if (job.failure().isPresent()) return failed(job);
        if (isOutdated(job)) return replace("its settings were edited");
        return seen.isWanted() ? wanted(job) : unwanted(job);
    }

    private Decision withoutJob() {
        List<PodView> former = seen.unfinishedPods();
        if (!seen.isWanted())
            return new Decision(
                    null, former.isEmpty() ? new Stopped("nobody wants it to run") : new Stopping(stopping(former)));
        if (!former.isEmpty())
            return new Decision(
                    null,
                    new Pending(
                            Reason.FormerPodLeaving,
                            "waits for pod %s of a former attempt to end"
                                    .formatted(former.getFirst().name())));
        return new Decision(new Create(Reason.JobCreated, "its inputs are done and nothing of it runs yet"), made());
    }

    /// A Job that waits in a queue may be quiet for days, so what is to be said of it is said when it is made.
    private Pending made() {
        @Nullable String queue = seen.step().getSpec().runtime().queueName();
        return queue == null
                ? new Pending(Reason.JobCreated, "its Job is made")
                : new Pending(Reason.Queued, waiting(queue));
    }

    private static String waiting(String queue) {
        return "waits in queue %s for Kueue to admit its Job".formatted(queue);
    }

    private static Failed taken(JobView job) {
        return new Failed(
                Reason.NameTaken,
                "a Job named %s exists that is not Isogloss's; delete it, then edit the experiment"
                        .formatted(job.name()));
    }

    private Decision withFormer(JobView job) {
        var pending = new Pending(Reason.JobRemoved, "waits for the Job of a former step of this name to go");
        return job.isLeaving()
                ? new Decision(null, pending)
                : new Decision(new Remove(Reason.JobRemoved, "it belongs to a former step of this name"), pending);
    }

    private Decision leaving() {
        return new Decision(
                null,
                seen.isWanted()
                        ? new Pending(Reason.JobReplaced, "waits for its former Job to go")
                        : new Stopping(stopping(seen.unfinishedPods())));
    }

    /// Whether the pod that succeeded is gone, and its last words with it: it was deleted, or its node drained,
    /// while it finished, and it ended well before it could stop.
    private boolean isMute() {
        return seen.podsOfJob().stream().noneMatch(PodView::succeeded);
    }

    /// The result is in the store, so another pod does nothing but say it.
    private Decision reread() {
        return replace("its Job succeeded and its pod is gone, so another one reads the result from the store");
    }

    /// Of a pod that succeeded. The Job controller counts it a second or more later and has nothing to add: what
    /// follows need not wait for that.
    private Optional<TerminationMessage.Result> result() {
        return seen.podsOfJob().reversed().stream()
                .filter(PodView::succeeded)
                .flatMap(pod -> pod.lastWords() instanceof TerminationMessage.Result result
                        ? Stream.of(result)
                        : Stream.empty())
                .filter(this::isMine)
                .findFirst();
    }

    private boolean isMine(TerminationMessage.Result result) {
        return result.key().hex().equals(seen.step().getSpec().key());
    }

    private Failed missing() {
        String because = "its pod succeeded and left nothing";
        for (PodView pod : seen.podsOfJob().reversed())
            if (pod.succeeded())
                switch (pod.lastWords()) {
                    case TerminationMessage.Result other ->
                        because = "its pod left the result of another step, " + other.key();
                    case TerminationMessage.Error(var sentence) ->
                        because = "its pod succeeded and complained: " + sentence;
                    case TerminationMessage.Unreadable(var text) ->
                        because = "what its pod left cannot be read: " + text;
                    case TerminationMessage.Nothing _ -> {}
                }
        return new Failed(
                Reason.ResultMissing,
                ("The Job succeeded, but %s. The result is in the store if the step came that far: edit the experiment,"
                                + " and a short pod reads it from there.")
                        .formatted(because));
    }

    private Decision failed(JobView job) {
        if (job.generation() != seen.generation()) return replace("its Job failed, and the step was edited since");
        return new Decision(null, StepFailure.of(seen.step().getSpec(), job, seen.podsOfJob(), seen.hasRun()));
    }

    private Decision replace(String because) {
        return new Decision(
                new Remove(Reason.JobReplaced, because),
                seen.isWanted()
                        ? new Pending(Reason.JobReplaced, "is started anew: " + because)
                        : new Stopping("its Job is removed: " + because));
    }

    /// A new version of the operator may make other pods; that alone is no reason to disturb those that run.
    private boolean isOutdated(JobView job) {
        return job.generation() != seen.generation() && !job.template().equals(seen.template());
    }

    private Decision wanted(JobView job) {
        if (job.isSuspended() && job.isQueued()) return new Decision(null, new Pending(Reason.Queued, queued(job)));
        if (job.isSuspended())
            return new Decision(
                    new Resume(Reason.JobResumed, "it is wanted again"),
                    new Pending(Reason.JobResumed, "goes on from its last checkpoint"));
        return new Decision(null, StepProgress.of(job, seen.podsOfJob()));
    }

    /// Kueue suspends a running Job to make room for another one, and admits it again later: nothing has failed.
    private String queued(JobView job) {
        List<PodView> stopped =
                seen.podsOfJob().stream().filter(pod -> !pod.isOver()).toList();
        return stopped.isEmpty()
                ? waiting(job.queue())
                : "made room in queue %s: %s, then waits for Kueue to admit its Job again"
                        .formatted(job.queue(), stopping(stopped));
    }

    /// A queued Job's `suspend` belongs to Kueue, which would start it again: then the Job goes.
    private Decision unwanted(JobView job) {
        String because = seen.step().getSpec().suspend() ? "spec.suspend is true" : "nobody wants it to run";
        if (job.isQueued())
            return new Decision(new Remove(Reason.SuspendRequested, because), new Stopping("its Job is removed"));
        if (!job.isSuspended())
            return new Decision(
                    new Suspend(Reason.SuspendRequested, because), new Stopping(stopping(seen.unfinishedPods())));
        List<PodView> pods = seen.unfinishedPods();
        return new Decision(
                null, pods.isEmpty() && job.active() == 0 ? new Stopped(because) : new Stopping(stopping(pods)));
    }

    private static String stopping(List<PodView> pods) {
        return pods.isEmpty()
                ? "its Job is told to stop"
                : "pod %s writes its checkpoint".formatted(pods.getFirst().name());
    }
}
