package dev.isogloss.operator.step;

import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.Jobs;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.names.Labels;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.JobView;
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

/// Does what was decided about a step's Job.
final class JobExecution {
    private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);
    private static final int INVALID = 422;

    private final Jobs jobs;
    private final InformerEventSource<Job, TrainingStep> cache;
    private final MissingPodDiagnosis podless;
    private final Events events;
    private final Telemetry telemetry;

    JobExecution(
            Jobs jobs,
            InformerEventSource<Job, TrainingStep> cache,
            MissingPodDiagnosis podless,
            Events events,
            Telemetry telemetry) {
        this.jobs = jobs;
        this.cache = cache;
        this.podless = podless;
        this.events = events;
        this.telemetry = telemetry;
    }

    /// @param again when to look again even if nothing is heard
    record Done(StepPhase outlook, Optional<Duration> again) {
        Done(StepPhase outlook) {
            this(outlook, Optional.empty());
        }
    }

    Done on(StepView seen, StepDecider.Decision decision) {
        JobAction action = decision.action();
        if (action == null)
            return decision.outlook() instanceof StepPhase.Pending pending && pending.reason() == Reason.JobCreated
                    ? podless.ask(seen, pending)
                    : new Done(decision.outlook());
        LOG.info("{}: {}, for {}", seen.step().getMetadata().getName(), action.reason(), action.because());
        Done done =
                switch (action) {
                    case JobAction.Create _ -> create(seen, decision.outlook());
                    case JobAction.Remove _ -> {
                        jobs.remove(job(seen));
                        yield new Done(decision.outlook());
                    }
                    case JobAction.Suspend _ -> {
                        suspend(job(seen), true);
                        yield new Done(decision.outlook());
                    }
                    case JobAction.Resume _ -> {
                        suspend(job(seen), false);
                        yield new Done(decision.outlook());
                    }
                };
        if (!(done.outlook() instanceof StepPhase.Failed))
            events.normal(seen.step(), action.reason(), action.because());
        return done;
    }

    private static Job job(StepView seen) {
        return Objects.requireNonNull(seen.job(), "no Job to act on").job();
    }

    private void suspend(Job job, boolean suspend) {
        cache.handleRecentResourceUpdate(ResourceID.fromResource(job), jobs.suspend(job, suspend), job);
    }

    /// What the API server refuses for good becomes the step's failure; what it refuses for now (a quota, a policy that
    /// somebody may change, a webhook that does not answer) is told of and waited for.
    private Done create(StepView seen, StepPhase outlook) {
        TrainingStep step = seen.step();
        try {
            Job job = jobs.create(step);
            cache.handleRecentResourceCreate(ResourceID.fromResource(job), job);
            telemetry.started(step);
            return new Done(
                    outlook,
                    Optional.of(isQueuedUnasked(step, job) ? RequeueAfter.SOON : MissingPodDiagnosis.PATIENCE));
        } catch (KubernetesClientException refusal) {
            String message = Labels.clip("the API server refuses its Job: " + refusal.getMessage());
            return switch (refusal.getCode()) {
                case INVALID, HttpURLConnection.HTTP_BAD_REQUEST ->
                    new Done(new StepPhase.Failed(Reason.JobRefused, message));
                case HttpURLConnection.HTTP_CONFLICT -> meet(seen, outlook, refusal);
                case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_INTERNAL_ERROR ->
                    new Done(new StepPhase.Pending(Reason.JobRefused, message), Optional.of(RequeueAfter.LATER));
                default -> throw refusal;
            };
        }
    }

    /// Where a namespace has a queue for everybody, Kueue suspends what comes without one: that is looked at once more,
    /// since nothing may be heard of it for long.
    private static boolean isQueuedUnasked(TrainingStep step, Job made) {
        return step.getSpec().runtime().queueName() == null && new JobView(made).isSuspended();
    }

    /// A Job of this name is there. Either it is the step's own, because the answer to its making was lost or
    /// the watch is late: it may have ended already, and the watch's news of what is remembered here is no
    /// news, so it is looked at again. Or it is none of ours, and no watch will ever show it, for watches look
    /// at ours only.
    private Done meet(StepView seen, StepPhase outlook, KubernetesClientException refusal) {
        Job there = jobs.get(seen.step()).orElseThrow(() -> refusal);
        JobView job = new JobView(there);
        if (!job.isOurs())
            return new Done(StepDecider.decide(seen.with(job)).orElseThrow().outlook());
        if (!job.belongsTo(seen.uid()) || job.isLeaving()) throw refusal;
        cache.handleRecentResourceCreate(ResourceID.fromResource(there), there);
        return new Done(outlook, Optional.of(RequeueAfter.SOON));
    }
}
