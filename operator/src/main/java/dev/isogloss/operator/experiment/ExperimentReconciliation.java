package dev.isogloss.operator.experiment;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.operator.act.Refusal;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.act.StatusWriter;
import dev.isogloss.operator.act.StoreClaims;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.StepState;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reconciliation of an experiment of any kind: observe, decide, act, write status once at most.
///
/// @param <R> the resource
public final class ExperimentReconciliation<R extends CustomResource<?, ?>> {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentReconciliation.class);

    private final ExperimentKind<R> kind;
    private final Class<R> type;
    private final ExperimentServices services;
    private final StoreClaims claims;
    private final Plans plans = new Plans();

    public ExperimentReconciliation(Class<R> type, ExperimentKind<R> kind, ExperimentServices services) {
        this.type = type;
        this.kind = kind;
        this.services = services;
        this.claims = new StoreClaims(services.client, services.settings);
    }

    public List<EventSource<?, R>> eventSources(EventSourceContext<R> context) {
        services.telemetry.countByPhase(
                HasMetadata.getKind(type),
                () -> context.getPrimaryCache().list().map(this::phase));
        services.telemetry.countCached(
                HasMetadata.getKind(type),
                () -> context.getPrimaryCache().keys().count());
        return List.of(new OwnedStepEventSource<>(type, services.stepCache, context));
    }

    public UpdateControl<R> reconcile(R experiment, Context<R> context) {
        boolean leaving = experiment.getMetadata().getDeletionTimestamp() != null;
        boolean ended = ExperimentStatuses.hasConcluded(kind.status(experiment), generation(experiment));
        if (leaving || ended) plans.remove(Owner.of(experiment), generation(experiment));
        if (leaving) return UpdateControl.noUpdate();
        try {
            return (ended ? expire(experiment) : pass(experiment, context))
                    .map(delay -> UpdateControl.<R>noUpdate().rescheduleAfter(delay))
                    .orElseGet(UpdateControl::noUpdate);
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != HttpURLConnection.HTTP_CONFLICT) throw failure;
            LOG.debug(
                    "{} changed during its reconciliation",
                    experiment.getMetadata().getName());
            return UpdateControl.<R>noUpdate().rescheduleAfter(RequeueAfter.CONFLICT);
        }
    }

    /// Deletes an ended experiment whose time is over; its steps, of which it is the last owner, go with it.
    ///
    /// @return when to look again; empty where it stays
    private Optional<Duration> expire(R experiment) {
        Optional<Duration> left =
                Expiry.left(kind.status(experiment), kind.secondsToStay(experiment), services.clock.instant());
        if (left.isEmpty() || left.get().isPositive()) return left;
        LOG.info(
                "{} is deleted, as spec.ttlSecondsAfterFinished asks",
                experiment.getMetadata().getName());
        try {
            services.client
                    .resource(experiment)
                    .lockResourceVersion(experiment.getMetadata().getResourceVersion())
                    .delete();
            return Optional.empty();
        } catch (KubernetesClientException failure) {
            Refusal refused = Refusal.of(failure).orElseThrow(() -> failure);
            LOG.warn("{} cannot be deleted: {}", experiment.getMetadata().getName(), refused.message());
            return Optional.of(RequeueAfter.BLOCKED);
        }
    }

    /// @return when to reconcile again even if no watch reports anything: it is too early to write the status
    private Optional<Duration> pass(R experiment, Context<R> context) {
        Owner owner = Owner.of(experiment);
        long generation = generation(experiment);
        try {
            Plan plan = plans.of(owner, generation, () -> kind.plan(experiment));
            ExperimentView view = view(experiment, owner, plan, context);
            PlanResults results = new PlanResults(plan, StepResults.of(view), failures(view));
            PlanExecution.Outcome outcome = act(experiment, view);
            ExperimentKind.Shown<R> shown = kind.shown(results);
            ExperimentStatus next = ExperimentStatuses.next(view, outcome, shown, services.clock.instant());
            Optional<Duration> later = write(experiment, shown.with().apply(next), next, context);
            Optional<Duration> expiry = Expiry.left(next, kind.secondsToStay(experiment), services.clock.instant());
            return Stream.of(later, requeueAfter(view, outcome), expiry.map(ExperimentReconciliation::atLeastSoon))
                    .flatMap(Optional::stream)
                    .min(Duration::compareTo);
        } catch (InvalidInput invalid) {
            String sentence = String.valueOf(invalid.getMessage());
            ExperimentStatus next =
                    ExperimentStatuses.invalid(kind.status(experiment), generation, sentence, services.clock.instant());
            PlanResults nothing = new PlanResults(new Plan(owner.name(), List.of()), Map.of(), Map.of());
            return write(experiment, kind.shown(nothing).with().apply(next), next, context);
        }
    }

    /// Only the table of a benchmark tells of each.
    private static Map<StepKey, String> failures(ExperimentView view) {
        if (view.plan().benchmark() == null) return Map.of();
        Map<StepKey, String> failures = new HashMap<>();
        view.steps().forEach((key, step) -> {
            if (view.state(step) instanceof StepState.Failed(var cause)) failures.put(key, cause);
        });
        return failures;
    }

    private PlanExecution.Outcome act(R experiment, ExperimentView view) {
        return new PlanExecution(
                        view,
                        new ClusterSteps(services.client, services.stepCache::put),
                        () -> claims.ensure(view.owner().namespace(), view.storage()),
                        (reason, sentence) -> services.events.normal(experiment, reason, sentence))
                .execute();
    }

    private static Duration atLeastSoon(Duration left) {
        return left.isPositive() ? left : RequeueAfter.CONFLICT;
    }

    /// What no event will tell: that a refusal has ended, and that a step is gone which this experiment does not own.
    private static Optional<Duration> requeueAfter(ExperimentView view, PlanExecution.Outcome outcome) {
        if (view.leavingStep().isPresent()) return Optional.of(RequeueAfter.LEAVING);
        return outcome.refusal().map(_ -> RequeueAfter.BLOCKED);
    }

    private static long generation(CustomResource<?, ?> experiment) {
        return Objects.requireNonNullElse(experiment.getMetadata().getGeneration(), 0L);
    }

    private ExperimentView view(R experiment, Owner owner, Plan plan, Context<R> context) {
        Storage storage = claims.of(kind.storage(experiment));
        Map<StepKey, TrainingStep> steps = new HashMap<>();
        for (PlannedStep planned : plan.steps())
            services.stepCache
                    .get(owner.namespace(), ExperimentView.nameOf(planned, storage))
                    .ifPresent(step -> steps.put(planned.key(), sameStep(planned, storage, step)));
        return new ExperimentView(
                owner,
                generation(experiment),
                plan,
                kind.locations(experiment, plan),
                kind.runtime(experiment),
                storage,
                kind.isSuspended(experiment),
                kind.status(experiment),
                steps,
                List.copyOf(context.getSecondaryResources(TrainingStep.class)));
    }

    /// A step is found by its name, which holds only a part of its key.
    private static TrainingStep sameStep(PlannedStep planned, Storage storage, TrainingStep found) {
        boolean same = found.getSpec().key().equals(planned.key().hex())
                && (ExperimentView.isDone(found) || found.getSpec().storage().equals(storage));
        if (!same)
            throw new InvalidInput(
                    Messages.STEP_NAME_TAKEN.formatted(found.getMetadata().getName()));
        return found;
    }

    private Optional<Duration> write(R experiment, R fresh, ExperimentStatus next, Context<R> context) {
        @Nullable ExperimentStatus before = kind.status(experiment);
        if (Objects.equals(fresh.getStatus(), experiment.getStatus())) return Optional.empty();
        String uid = experiment.getMetadata().getUid();
        Duration wait = ExperimentStatuses.canWait(before, next) ? services.writeBudget.acquire(uid) : Duration.ZERO;
        if (!wait.isZero()) return Optional.of(wait);
        services.writeBudget.release(uid);
        StatusWriter.write(experiment, fresh, context);
        services.telemetry.transition(
                experiment.getKind(), phase(before), next.phase(), since(experiment, before), services.clock.instant());
        ExperimentEvents.publish(services.events, experiment, before, next);
        kind.announce(experiment, fresh, services.events, services.telemetry);
        return Optional.empty();
    }

    private Optional<Phase> phase(R experiment) {
        return Optional.ofNullable(phase(kind.status(experiment)));
    }

    private static @Nullable Phase phase(@Nullable ExperimentStatus status) {
        return status == null ? null : status.phase();
    }

    private static @Nullable String since(HasMetadata experiment, @Nullable ExperimentStatus before) {
        return before == null || before.conditions() == null
                ? experiment.getMetadata().getCreationTimestamp()
                : Telemetry.since(before.phase(), before.conditions(), before.startTime());
    }
}
