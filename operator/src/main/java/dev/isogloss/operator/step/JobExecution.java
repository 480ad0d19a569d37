package dev.isogloss.operator.step;

import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.Jobs;
import dev.isogloss.operator.act.Refusal;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.JobView;
import dev.isogloss.operator.views.SharedStepCache;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executor of the decided action on a step's Job.
final class JobExecution {
    private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);

    private final Jobs jobs;
    private final InformerEventSource<Job, TrainingStep> cache;
    private final SharedStepCache steps;
    private final StartDiagnosis startDiagnosis;
    private final Events events;
    private final Telemetry telemetry;

    JobExecution(
            Jobs jobs,
            InformerEventSource<Job, TrainingStep> cache,
            SharedStepCache steps,
            StartDiagnosis startDiagnosis,
            Events events,
            Telemetry telemetry) {
        this.jobs = jobs;
        this.cache = cache;
        this.steps = steps;
        this.startDiagnosis = startDiagnosis;
        this.events = events;
        this.telemetry = telemetry;
    }

    /// @param requeueAfter when to reconcile again even if no watch reports anything
    record Outcome(StepPhase phase, Optional<Duration> requeueAfter) {
        Outcome(StepPhase phase) {
            this(phase, Optional.empty());
        }
    }

    Outcome execute(StepView view, StepDecider.Decision decision) {
        JobAction action = decision.action();
        if (action == null)
            return decision.phase() instanceof StepPhase.Pending pending
                    ? startDiagnosis.diagnose(view, pending)
                    : new Outcome(decision.phase());
        LOG.info("{}: {}, for {}", view.step().getMetadata().getName(), action.reason(), action.because());
        Outcome outcome =
                switch (action) {
                    case JobAction.Create _ -> create(view, decision.phase());
                    case JobAction.Remove _ -> {
                        jobs.remove(job(view));
                        yield new Outcome(decision.phase());
                    }
                    case JobAction.Reread _ -> {
                        steps.put(jobs.markReread(view.step()), view.step());
                        jobs.remove(job(view));
                        yield new Outcome(decision.phase());
                    }
                    case JobAction.Keep _ -> {
                        keep(view);
                        yield new Outcome(decision.phase());
                    }
                    case JobAction.Suspend _ -> {
                        suspend(job(view), true);
                        yield new Outcome(decision.phase());
                    }
                    case JobAction.Resume _ -> {
                        suspend(job(view), false);
                        yield new Outcome(decision.phase());
                    }
                };
        if (!(outcome.phase() instanceof StepPhase.Failed))
            events.normal(view.step(), action.reason(), action.because());
        return outcome;
    }

    private static Job job(StepView view) {
        return Objects.requireNonNull(view.job(), "no Job to act on").job();
    }

    /// Its end is told whether or not there is still a Job to keep.
    private void keep(StepView view) {
        try {
            jobs.keep(job(view), view.step().getSpec().runtime().keepJobsSeconds());
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_NOT_FOUND
                    && Refusal.of(failure).isEmpty()) throw failure;
            LOG.warn(
                    "{}: its failed Job cannot be kept: {}",
                    view.step().getMetadata().getName(),
                    failure.getMessage());
        }
    }

    private void suspend(Job job, boolean suspend) {
        cache.handleRecentResourceUpdate(ResourceID.fromResource(job), jobs.suspend(job, suspend), job);
    }

    /// A Job that the API server finds invalid fails the step; one that it refuses for now (a quota, a policy that may
    /// change, a webhook that does not answer) is reported in status and tried again.
    private Outcome create(StepView view, StepPhase phase) {
        TrainingStep step = view.step();
        try {
            Job job = jobs.create(step);
            cache.handleRecentResourceCreate(ResourceID.fromResource(job), job);
            telemetry.started(step);
            return new Outcome(
                    phase, Optional.of(isQueuedByDefault(step, job) ? RequeueAfter.CONFLICT : StartDiagnosis.TIMEOUT));
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == HttpURLConnection.HTTP_CONFLICT) return adopt(view, phase, refusal);
            Refusal refused = Refusal.of(refusal).orElseThrow(() -> refusal);
            String message = Messages.clip(Messages.JOB_REFUSED.formatted(refused.message()));
            return refused.forNow()
                    ? new Outcome(new StepPhase.Pending(Reason.JobRefused, message), Optional.of(RequeueAfter.BLOCKED))
                    : new Outcome(new StepPhase.Failed(Reason.JobRefused, message));
        }
    }

    /// True if Kueue has put a Job without a queue into the namespace's default one. It is reconciled once more,
    /// since the watch may report nothing of it for long.
    private static boolean isQueuedByDefault(TrainingStep step, Job created) {
        return step.getSpec().runtime().queueName() == null && new JobView(created).isSuspended();
    }

    /// Takes over an existing Job of this name. Either it is the step's own, because the answer to its creation was
    /// lost or the watch is late: it may have ended already, and an event of a Job that the cache has already is
    /// filtered out, so the step is reconciled again. Or it is not ours, and the watch, which selects by our label,
    /// never shows it.
    private Outcome adopt(StepView view, StepPhase phase, KubernetesClientException refusal) {
        Job existing = jobs.get(view.step()).orElseThrow(() -> refusal);
        JobView job = new JobView(existing);
        if (!job.isOurs())
            return new Outcome(StepDecider.decide(view.with(job)).orElseThrow().phase());
        if (!job.belongsTo(view.uid()) || job.isLeaving()) throw refusal;
        cache.handleRecentResourceCreate(ResourceID.fromResource(existing), existing);
        return new Outcome(phase, Optional.of(RequeueAfter.CONFLICT));
    }
}
