package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.StepCounts;
import dev.isogloss.operator.experiment.ExperimentKind.Extra;
import dev.isogloss.operator.names.ConditionType;
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

/// From what is seen and decided to a status, the whole of it anew each time.
final class ExperimentStatuses {
    /// What stands beside conditions and rows: counts, times, names of fields.
    private static final int REST = 4 * 1024;

    private final ExperimentView scene;
    private final List<Action> actions;
    private final Extra extra;
    private final Optional<String> refusal;
    private final StepTally tally;
    private final String now;
    private final ExperimentStatus before;
    private final Conditions conditions;

    private ExperimentStatuses(
            ExperimentView scene, List<Action> actions, Extra extra, Instant now, Optional<String> refusal) {
        this.scene = scene;
        this.actions = actions;
        this.extra = extra;
        this.refusal = refusal;
        this.tally = StepTally.of(scene, actions);
        this.now = Conditions.timestamp(now);
        this.before = Objects.requireNonNullElse(scene.before(), ExperimentStatus.NONE);
        this.conditions = new Conditions(before.conditions(), scene.generation(), now);
    }

    /// @param extra what else will be in the status
    static ExperimentStatus next(ExperimentView scene, List<Action> actions, Extra extra, Instant now) {
        return new ExperimentStatuses(scene, actions, extra, now, Optional.empty()).status();
    }

    /// A spec that means nothing costs no retries: the next edit is the next try. What ran for the spec before runs on.
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

    /// What the API server refuses (a quota, a policy) is tried again, and told of until it is done: the generation
    /// counts as observed only then.
    static ExperimentStatus refused(ExperimentView scene, Extra extra, String sentence, Instant now) {
        return new ExperimentStatuses(scene, List.of(), extra, now, Optional.of(sentence)).status();
    }

    private ExperimentStatus status() {
        Optional<Action.Conclude> conclusion = conclusion();
        conditions.set(
                ConditionType.Planned,
                true,
                Reason.PlanMade,
                "the spec means %d steps".formatted(scene.plan().steps().size()));
        progressing(conclusion);
        conclude(conclusion);
        suspended(conclusion);
        int room = StatusSize.MOST_BYTES - REST - extra.bytes() - StatusSize.bytes(conditions.list());
        Results results = Results.of(scene, room);
        if (results.leftOut() + extra.leftOut() > 0)
            conditions.set(
                    ConditionType.Shortened, true, Reason.ResultsShortened, results.explanation(extra.leftOut()));
        List<Condition> all = conditions.list();
        StepCounts counts = tally.counts();
        return new ExperimentStatus(
                Phases.of(all),
                refusal.isPresent() ? before.observedGeneration() : Long.valueOf(scene.generation()),
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
            conditions.set(ConditionType.Progressing, true, Reason.Refused, "the API server refuses: " + refusal.get());
        else if (conclusion.isPresent())
            conditions.set(
                    ConditionType.Progressing,
                    false,
                    Reason.Ended,
                    conclusion.get().because());
        else if (scene.suspended() && tally.running() == 0)
            conditions.set(ConditionType.Progressing, false, Reason.SuspendRequested, "spec.suspend is true");
        else if (stopping.isPresent())
            conditions.set(ConditionType.Progressing, true, Reason.StepsStopping, stopping.get());
        else underway();
    }

    private void underway() {
        String done = "%d of %d steps are done"
                .formatted(tally.counts().succeeded(), tally.counts().total());
        Optional<String> trouble = trouble();
        boolean pods = tally.withPod() > 0;
        boolean moves = pods || tally.counts().succeeded() > 0 && trouble.isEmpty();
        int count = pods ? tally.withPod() : tally.running();
        conditions.set(
                ConditionType.Progressing,
                true,
                moves ? Reason.StepsRunning : Reason.StepsPending,
                "%d %s%s, %s%s"
                        .formatted(
                                count,
                                pods ? "run" : "wait",
                                (count == 1 ? "s" : "") + (pods ? "" : " for a pod"),
                                done,
                                trouble.map(sentence -> "; " + sentence).orElse("")));
    }

    /// What holds up the first of the steps that are held up.
    private Optional<String> trouble() {
        return scene.plan().steps().stream()
                .filter(step -> scene.steps().containsKey(step.key()))
                .filter(step -> tally.state(step.key()) instanceof StepState.Running)
                .flatMap(step ->
                        StepTally.trouble(Objects.requireNonNull(scene.steps().get(step.key())))
                                .map(sentence -> step.title() + ": " + sentence)
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
        boolean holds = scene.suspended() && tally.running() == 0 && conclusion.isEmpty();
        conditions.set(
                ConditionType.Suspended,
                holds,
                holds ? Reason.SuspendRequested : Reason.NotSuspended,
                holds ? "spec.suspend is true; nothing of it runs" : "");
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

    /// Whether this only says how far it is: nothing has ended, failed or stopped, and it speaks of the same spec.
    static boolean canWait(@Nullable ExperimentStatus before, ExperimentStatus next) {
        return before != null
                && Objects.equals(before.observedGeneration(), next.observedGeneration())
                && failed(before) == failed(next)
                && said(before).equals(said(next));
    }

    private static int failed(ExperimentStatus status) {
        return status.steps() == null ? 0 : status.steps().failed();
    }

    /// What its conditions say, without their reasons.
    private static Map<String, String> said(ExperimentStatus status) {
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
