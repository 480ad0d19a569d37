package dev.isogloss.operator.experiment;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.operator.act.Events;
import dev.isogloss.operator.act.RequeueAfter;
import dev.isogloss.operator.act.StatusWriter;
import dev.isogloss.operator.act.StoreClaims;
import dev.isogloss.operator.act.WriteBudget;
import dev.isogloss.operator.metrics.Telemetry;
import dev.isogloss.operator.settings.OperatorSettings;
import dev.isogloss.operator.views.SharedStepCache;
import dev.isogloss.plan.Action;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.result.StepResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reconciliation of an experiment of any kind: observe, decide, act, write status once at most.
///
/// @param <R> the resource
public final class ExperimentReconciliation<R extends CustomResource<?, ?>> {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentReconciliation.class);

    private static final int INVALID = 422;
    private static final Set<Integer> REFUSALS =
            Set.of(HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, INVALID);

    private final ExperimentKind<R> kind;
    private final Class<R> type;
    private final StoreClaims claims;
    private final Events events;
    private final WriteBudget writeBudget;
    private final Telemetry telemetry;
    private final InstantSource clock;
    private final KubernetesClient client;
    private final SharedStepCache stepCache;
    private final Plans plans = new Plans();

    public ExperimentReconciliation(
            Class<R> type,
            ExperimentKind<R> kind,
            KubernetesClient client,
            OperatorSettings settings,
            SharedStepCache stepCache,
            Events events,
            WriteBudget writeBudget,
            Telemetry telemetry,
            InstantSource clock) {
        this.type = type;
        this.kind = kind;
        this.client = client;
        this.stepCache = stepCache;
        this.claims = new StoreClaims(client, settings);
        this.events = events;
        this.writeBudget = writeBudget;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    public List<EventSource<?, R>> eventSources(EventSourceContext<R> context) {
        telemetry.countByPhase(
                HasMetadata.getKind(type),
                () -> context.getPrimaryCache().list().map(this::phase));
        return List.of(new OwnedStepEventSource<>(type, stepCache, context));
    }

    public UpdateControl<R> reconcile(R experiment, Context<R> context) {
        if (experiment.getMetadata().getDeletionTimestamp() != null
                || ExperimentStatuses.hasConcluded(kind.status(experiment), generation(experiment))) {
            plans.remove(Owner.of(experiment), generation(experiment));
            return UpdateControl.noUpdate();
        }
        try {
            return pass(experiment, context)
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

    /// @return when to reconcile again even if no watch reports anything: it is too early to write the status
    private Optional<Duration> pass(R experiment, Context<R> context) {
        Owner owner = Owner.of(experiment);
        long generation = generation(experiment);
        try {
            Plan plan = plans.of(owner, generation, () -> kind.plan(experiment));
            ExperimentView view = view(experiment, owner, plan, context);
            Map<StepKey, StepResult> results = StepResults.of(view);
            List<Action> actions;
            try {
                actions = act(experiment, view);
            } catch (KubernetesClientException refusal) {
                if (!REFUSALS.contains(refusal.getCode())) throw refusal;
                ExperimentStatus next = ExperimentStatuses.refused(
                        view, kind.extra(plan, results), String.valueOf(refusal.getMessage()), clock.instant());
                return write(experiment, kind.withStatus(next, plan, results), next, context)
                        .or(() -> Optional.of(RequeueAfter.BLOCKED));
            }
            ExperimentStatus next = ExperimentStatuses.next(view, actions, kind.extra(plan, results), clock.instant());
            return write(experiment, kind.withStatus(next, plan, results), next, context);
        } catch (InvalidInput invalid) {
            String sentence = String.valueOf(invalid.getMessage());
            ExperimentStatus next =
                    ExperimentStatuses.invalid(kind.status(experiment), generation, sentence, clock.instant());
            Plan nothing = new Plan(owner.name(), List.of());
            return write(experiment, kind.withStatus(next, nothing, Map.of()), next, context);
        }
    }

    private List<Action> act(R experiment, ExperimentView view) {
        if (view.isFresh()) claims.ensure(view.owner().namespace(), view.storage());
        return new PlanExecution(
                        view,
                        new ClusterSteps(client, stepCache),
                        (reason, sentence) -> events.normal(experiment, reason, sentence))
                .execute();
    }

    private static long generation(CustomResource<?, ?> experiment) {
        return Objects.requireNonNullElse(experiment.getMetadata().getGeneration(), 0L);
    }

    private ExperimentView view(R experiment, Owner owner, Plan plan, Context<R> context) {
        Storage storage = claims.of(kind.storage(experiment));
        Map<StepKey, TrainingStep> steps = new HashMap<>();
        for (PlannedStep planned : plan.steps())
            stepCache
                    .get(owner.namespace(), ExperimentView.nameOf(planned, storage))
                    .ifPresent(step -> steps.put(planned.key(), step));
        return new ExperimentView(
                owner,
                generation(experiment),
                plan,
                kind.locations(experiment),
                kind.runtime(experiment),
                storage,
                kind.isSuspended(experiment),
                kind.status(experiment),
                steps,
                List.copyOf(context.getSecondaryResources(TrainingStep.class)));
    }

    private Optional<Duration> write(R experiment, R fresh, ExperimentStatus next, Context<R> context) {
        @Nullable ExperimentStatus before = kind.status(experiment);
        if (Objects.equals(fresh.getStatus(), experiment.getStatus())) return Optional.empty();
        String uid = experiment.getMetadata().getUid();
        Duration wait = ExperimentStatuses.canWait(before, next) ? writeBudget.acquire(uid) : Duration.ZERO;
        if (!wait.isZero()) return Optional.of(wait);
        writeBudget.release(uid);
        StatusWriter.write(experiment, fresh, context);
        telemetry.transition(
                experiment.getKind(), phase(before), next.phase(), since(experiment, before), clock.instant());
        ExperimentEvents.publish(events, experiment, before, next);
        kind.tell(experiment, fresh, events, telemetry);
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
