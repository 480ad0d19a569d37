package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.experiment.ExperimentKind.Shown;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Messages;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.operator.status.Phases;
import dev.isogloss.operator.status.StatusSize;
import dev.isogloss.plan.Action;
import dev.isogloss.plan.StepState;
import dev.isogloss.plan.Verdict;
import dev.isogloss.resource.TrainingStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The status of an experiment, made anew from its view and the actions decided on.
final class ExperimentStatuses {
    /// Bytes for all but conditions and rows: counts, times, names of fields.
    private static final int REST = 4 * 1024;

    private final ExperimentView view;
    private final List<Action> actions;
    private final Shown<?> shown;
    private final Optional<String> refusal;
    private final StepTally tally;
    private final String now;
    private final ExperimentStatus before;
    private final Conditions conditions;

    private ExperimentStatuses(ExperimentView view, PlanExecution.Outcome outcome, Shown<?> shown, Instant now) {
        this.view = view;
        this.actions = outcome.actions();
        this.shown = shown;
        this.refusal = outcome.refusal();
        this.tally = StepTally.of(view, actions);
        this.now = Conditions.timestamp(now);
        this.before = Objects.requireNonNullElse(view.before(), ExperimentStatus.NONE);
        this.conditions = new Conditions(before.conditions(), view.generation(), now);
    }

    /// A refusal by the API server (a quota, a policy) stays in the status until a retry succeeds. Only then does the
    /// generation count as observed.
    ///
    /// @param shown what the kind adds to the status
    static ExperimentStatus next(ExperimentView view, PlanExecution.Outcome outcome, Shown<?> shown, Instant now) {
        return new ExperimentStatuses(view, outcome, shown, now).status();
    }

    /// An invalid spec is not tried again before its next edit. Steps of the former spec run on.
    static ExperimentStatus invalid(@Nullable ExperimentStatus before, long generation, String sentence, Instant now) {
        ExperimentStatus old = Objects.requireNonNullElse(before, ExperimentStatus.NONE);
        List<Condition> conditions = new Conditions(old.conditions(), generation, now)
                .set(ConditionType.Planned, false, Reason.SpecInvalid, sentence)
                .set(ConditionType.Progressing, false, Reason.SpecInvalid, "")
                .set(ConditionType.Complete, false, Reason.NotComplete, "")
                .set(ConditionType.Failed, false, Reason.NotFailed, "")
                .set(ConditionType.Suspended, false, Reason.NotSuspended, "")
                .set(ConditionType.Invalid, true, Reason.SpecInvalid, sentence)
                .list();
        return new ExperimentStatus(
                Phases.of(conditions), generation, conditions, null, null, null, null, old.startTime(), null);
    }

    private ExperimentStatus status() {
        Optional<Action.Conclude> conclusion = conclusion();
        conditions.set(
                ConditionType.Planned,
                true,
                Reason.PlanMade,
                Messages.PLANNED.formatted(view.plan().steps().size()));
        progressing(conclusion);
        conclude(conclusion);
        suspended(conclusion);
        int room = StatusSize.MOST_BYTES - REST - shown.bytes() - StatusSize.bytes(conditions.list());
        Results results = Results.of(view, shown.summary(), room);
        if (results.leftOut() + shown.leftOut() > 0)
            conditions.set(
                    ConditionType.Shortened, true, Reason.ResultsShortened, results.explanation(shown.leftOut()));
        List<Condition> all = conditions.list();
        StepCounts counts = tally.counts();
        return new ExperimentStatus(
                Phases.of(all),
                refusal.isPresent() ? before.observedGeneration() : Long.valueOf(view.generation()),
                all,
                counts,
                "%d/%d".formatted(counts.succeeded(), counts.total()),
                results.best().orElse(null),
                results.rows().isEmpty() ? null : results.rows(),
                startTime(counts),
                conclusion
                        .map(_ -> Objects.requireNonNullElse(before.completionTime(), now))
                        .orElse(null));
    }

    private Optional<Action.Conclude> conclusion() {
        return actions.stream()
                .filter(Action.Conclude.class::isInstance)
                .map(Action.Conclude.class::cast)
                .findFirst();
    }

    private void progressing(Optional<Action.Conclude> conclusion) {
        Optional<String> stopping = actions.stream()
                .filter(Action.Stop.class::isInstance)
                .map(Action::because)
                .findFirst();
        if (refusal.isPresent())
            conditions.set(ConditionType.Progressing, true, Reason.Refused, Messages.REFUSED.formatted(refusal.get()));
        else if (conclusion.isPresent())
            conditions.set(
                    ConditionType.Progressing,
                    false,
                    Reason.Ended,
                    conclusion.get().because());
        else if (view.suspended() && tally.running() == 0)
            conditions.set(ConditionType.Progressing, false, Reason.SuspendRequested, Messages.SUSPENDED);
        else if (stopping.isPresent())
            conditions.set(ConditionType.Progressing, true, Reason.StepsStopping, stopping.get());
        else underway();
    }

    private void underway() {
        Optional<String> trouble = trouble();
        StepCounts counts = tally.counts();
        boolean pods = tally.withPod() > 0;
        boolean moves = pods || counts.succeeded() > 0 && trouble.isEmpty();
        int count = pods ? tally.withPod() : tally.running();
        String activity = pods
                ? count == 1 ? Messages.STEP_RUNS : Messages.STEPS_RUN
                : count == 1 ? Messages.STEP_WAITS : Messages.STEPS_WAIT;
        String progress = Messages.STEPS_DONE.formatted(activity.formatted(count), counts.succeeded(), counts.total());
        conditions.set(
                ConditionType.Progressing,
                true,
                moves ? Reason.StepsRunning : Reason.StepsPending,
                trouble.map(sentence -> Messages.HELD_UP.formatted(progress, sentence))
                        .orElse(progress));
    }

    /// The first step that is held up, and the reason.
    private Optional<String> trouble() {
        return view.leavingStep()
                .map(step -> Messages.STEP_TROUBLE.formatted(
                        step.getSpec().title(),
                        Messages.STEP_LEAVING.formatted(step.getMetadata().getName())))
                .or(this::heldUp);
    }

    private Optional<String> heldUp() {
        return view.plan().steps().stream()
                .filter(step -> view.steps().containsKey(step.key()))
                .filter(step -> tally.state(step.key()) instanceof StepState.Running)
                .flatMap(step ->
                        StepTally.trouble(Objects.requireNonNull(view.steps().get(step.key())))
                                .map(sentence -> Messages.STEP_TROUBLE.formatted(step.title(), sentence))
                                .stream())
                .findFirst();
    }

    private void conclude(Optional<Action.Conclude> conclusion) {
        Optional<String> success =
                conclusion.filter(end -> end.verdict() == Verdict.Succeeded).map(Action::because);
        Optional<String> failure =
                conclusion.filter(end -> end.verdict() == Verdict.Failed).map(Action::because);
        conditions.set(
                ConditionType.Complete,
                success.isPresent(),
                success.isPresent() ? Reason.AllStepsSucceeded : Reason.NotComplete,
                success.orElse(""));
        conditions.set(
                ConditionType.Failed,
                failure.isPresent(),
                failure.isPresent() ? Reason.StepFailed : Reason.NotFailed,
                failure.orElse(""));
    }

    private void suspended(Optional<Action.Conclude> conclusion) {
        boolean holds = view.suspended() && tally.running() == 0 && conclusion.isEmpty();
        conditions.set(
                ConditionType.Suspended,
                holds,
                holds ? Reason.SuspendRequested : Reason.NotSuspended,
                holds ? Messages.SUSPENDED_AND_STOPPED : "");
    }

    private @Nullable String startTime(StepCounts counts) {
        boolean begun = counts.running() > 0 || counts.succeeded() > 0 || counts.failed() > 0;
        return before.startTime() == null && begun ? now : before.startTime();
    }

    static boolean hasConcluded(@Nullable ExperimentStatus status, long generation) {
        return status != null
                && (Conditions.holds(status.conditions(), ConditionType.Complete, generation)
                        || Conditions.holds(status.conditions(), ConditionType.Failed, generation));
    }

    /// True if the status differs in progress alone: the spec is the same, and nothing has ended, failed or stopped.
    static boolean canWait(@Nullable ExperimentStatus before, ExperimentStatus next) {
        return before != null
                && Objects.equals(before.observedGeneration(), next.observedGeneration())
                && failed(before) == failed(next)
                && values(before).equals(values(next));
    }

    private static int failed(ExperimentStatus status) {
        return status.steps() == null ? 0 : status.steps().failed();
    }

    private static Map<String, String> values(ExperimentStatus status) {
        return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .collect(Collectors.toMap(Condition::type, Condition::status));
    }

    static boolean runs(TrainingStep step) {
        return step.getStatus() != null
                && Conditions.find(step.getStatus().conditions(), ConditionType.Progressing)
                        .filter(condition -> condition.reason().equals(Reason.PodRunning.name()))
                        .isPresent();
    }
}
