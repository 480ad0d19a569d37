package dev.isogloss.operator.experiment;

import dev.isogloss.api.cluster.Condition;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.cluster.FollowUpResult;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.api.cluster.PodPer;
import dev.isogloss.api.cluster.Runtime;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.cluster.Storage;
import dev.isogloss.api.cluster.TrainingStepSpec;
import dev.isogloss.api.cluster.TrainingStepStatus;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.operator.StepFixtures;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.names.Reason;
import dev.isogloss.operator.views.RunRequests;
import dev.isogloss.plan.Action;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.CorpusIdentity;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.resource.TrainingStep;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An experiment called `me` whose plan is drawn as text (`a -> b, a -> c`), with steps in states of the test's choice.
/// What the execution of its plan writes is recorded.
final class ExperimentFixture implements StepWriter {
    private static final Storage STORE = new Storage(new Location(null, "store", null, null));
    private static final TaskSpec TASK = new TaskSpec(TaskType.SequenceClassification, null, Head.Pooled, false);
    private static final DatasetIdentity DATA =
            new DatasetIdentity("toy", "1", DataFormat.JsonLines, null, Map.of(), null);

    /// One write of a step.
    record Written(String name, boolean requested, int attempt) {}

    private final Map<String, PlannedStep> planned = new LinkedHashMap<>();
    private final Map<StepKey, TrainingStep> steps = new HashMap<>();
    private final List<TrainingStep> stale = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private final List<String> released = new ArrayList<>();
    private final Map<String, RunRequests> requests = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final Map<String, TrainingStepSpec> specs = new HashMap<>();
    private Runtime runtime = StepFixtures.RUNTIME;
    private @Nullable String refused;
    private boolean suspended;
    private boolean seen;

    ExperimentFixture(String drawing) {
        for (String chain : drawing.split(", ")) {
            @Nullable StepKey before = null;
            for (String part : chain.split(" -> ")) {
                String[] names = part.split(" \\+ ");
                if (!planned.containsKey(names[0]))
                    planned.put(names[0], names.length == 1 ? step(names[0], before) : selection(names, before));
                before = step(names[0]).key();
            }
        }
    }

    private static PlannedStep step(String name, @Nullable StepKey input) {
        StepSpec spec = input == null
                ? new PretrainStep(
                        1,
                        new EncoderOrigin.Published(name, "1"),
                        new CorpusIdentity(name, "1", List.of("en"), false, null),
                        SettingsReader.of(dev.isogloss.api.method.Pretrain.class, "{}"),
                        Precision.Float32,
                        1)
                : new EvaluateStep(1, input, TASK, DATA, List.of("en"), List.of(name), 128, Precision.Float32);
        return new PlannedStep(StepKeys.of(spec), spec, name, name, 1L);
    }

    /// @param names its own, and those of further steps that it reads
    private PlannedStep selection(String[] names, @Nullable StepKey input) {
        StepSpec spec = new SelectPseudoLabelsStep(
                1,
                Objects.requireNonNull(input),
                Stream.of(names).skip(1).map(other -> step(other).key()).toList(),
                0.5,
                0.5,
                TASK,
                DATA,
                List.of("en"),
                1);
        return new PlannedStep(StepKeys.of(spec), spec, names[0], names[0], 1L);
    }

    PlannedStep step(String name) {
        return Objects.requireNonNull(planned.get(name), name);
    }

    /// A step that exists: `running`, `given up` (told to stop), `stopped`, `done`, `failed`; its owners request
    /// it unless it was given up or stopped.
    ExperimentFixture with(String name, String state, String... owners) {
        TrainingStep step = existing(step(name), state, owners);
        steps.put(step(name).key(), step);
        return this;
    }

    /// The pod of `name`, a step that exists, does these steps of the plan after it.
    ExperimentFixture followedBy(String name, String... others) {
        TrainingStep step = Objects.requireNonNull(existing(name));
        step.setSpec(TrainingStepSpecs.spec(
                view(),
                step(name),
                step.getSpec().attempt(),
                Stream.of(others).map(this::step).toList()));
        return this;
    }

    /// `name`, a step that exists, was made by an experiment that wanted more of its pod.
    ExperimentFixture madeAs(String name, TrainingStepSpec spec) {
        Objects.requireNonNull(existing(name)).setSpec(spec);
        return this;
    }

    /// The pod of `name`, a step that is done, has done this step as well.
    ExperimentFixture alsoDid(String name, String other) {
        TrainingStep step = Objects.requireNonNull(existing(name));
        TrainingStepStatus before = step.getStatus();
        List<FollowUpResult> results =
                new ArrayList<>(Objects.requireNonNullElse(before.followUps(), List.<FollowUpResult>of()));
        results.add(new FollowUpResult(
                step(other).key().hex(),
                "Evaluate",
                false,
                List.of(new StepScore("en", other, "Accuracy", "0.75", 10)),
                Map.of("seconds", "2.5"),
                true,
                null,
                null));
        step.setStatus(new TrainingStepStatus(
                before.phase(),
                before.observedGeneration(),
                before.conditions(),
                before.job(),
                before.attempts(),
                before.reused(),
                before.scores(),
                before.facts(),
                before.keptModel(),
                before.digests(),
                before.labelSketch(),
                before.startTime(),
                before.completionTime(),
                results));
        return this;
    }

    /// Every step has a pod.
    ExperimentFixture podPerStep() {
        runtime =
                new Runtime(null, null, null, 4, null, 3, FailurePolicy.Stop, 1000000, null, 86400, null, PodPer.Step);
        return this;
    }

    /// A step fails that has not ended an hour after its pod began.
    ExperimentFixture deadline() {
        runtime = new Runtime(null, null, null, 4, null, 3, FailurePolicy.Stop, 1000000, 3600L, 86400, null);
        return this;
    }

    /// A step of `me` that the plan does not contain.
    ExperimentFixture stale(String name, String state) {
        stale.add(existing(step(name, null), state, "me"));
        return this;
    }

    private TrainingStep existing(PlannedStep planned, String state, String... owners) {
        TrainingStep step = new TrainingStep();
        step.setMetadata(new ObjectMetaBuilder()
                .withNamespace("research")
                .withName(ExperimentView.nameOf(planned, STORE))
                .withGeneration(1L)
                .withResourceVersion("7")
                .build());
        step.setSpec(TrainingStepSpecs.spec(view(), planned, 0, List.of()));
        step.setStatus(status(state));
        boolean requested = !state.endsWith("given up") && !state.equals("stopped");
        for (String owner : owners) StepFixtures.ownedBy(step, owner, requested);
        return step;
    }

    private static TrainingStepStatus status(String state) {
        Condition condition =
                switch (state) {
                    case "running", "given up" -> condition(ConditionType.Progressing, Reason.PodRunning, "pod p runs");
                    case "held up" ->
                        condition(ConditionType.Progressing, Reason.Unschedulable, "no node takes its pod");
                    case "stopped" -> condition(ConditionType.Suspended, Reason.SuspendRequested, "");
                    case "done" -> condition(ConditionType.Complete, Reason.ResultRecorded, "");
                    case "failed", "failed and given up" ->
                        condition(ConditionType.Failed, Reason.InvalidInput, "train.jsonl is missing.");
                    default -> throw new IllegalArgumentException(state);
                };
        List<StepScore> scores = List.of(new StepScore("en", "test", "Accuracy", "0.5", 10));
        return new TrainingStepStatus(
                Phase.Running,
                1L,
                List.of(condition),
                "job",
                1,
                false,
                state.equals("done") ? scores : null,
                null,
                false,
                null,
                null,
                null,
                state.equals("done") ? "2025-01-01T00:00:00Z" : null);
    }

    private static Condition condition(ConditionType type, Reason reason, String message) {
        return new Condition(type.name(), "True", 1L, "2026-01-01T00:00:00Z", reason.name(), message);
    }

    ExperimentFixture leaving(String name) {
        Objects.requireNonNull(steps.get(step(name).key())).getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        return this;
    }

    /// This generation has tried the step already.
    ExperimentFixture tried(String name) {
        TrainingStep step = Objects.requireNonNull(steps.get(step(name).key()));
        step.getMetadata().setAnnotations(RunRequests.of(step).tried("me", 1).annotations());
        return this;
    }

    ExperimentFixture parallelism(int slots) {
        runtime = runtime(null, slots, runtime.failurePolicy());
        return this;
    }

    ExperimentFixture policy(FailurePolicy policy) {
        runtime = runtime(null, runtime.parallelism(), policy);
        return this;
    }

    /// From here on the spec asks for another image.
    ExperimentFixture edited() {
        runtime = runtime("edited:1", runtime.parallelism(), runtime.failurePolicy());
        return this;
    }

    private static Runtime runtime(@Nullable String image, int parallelism, FailurePolicy policy) {
        return new Runtime(image, null, null, parallelism, null, 3, policy, 1000000, null, 86400, null);
    }

    ExperimentFixture suspended() {
        return suspended(true);
    }

    ExperimentFixture suspended(boolean now) {
        suspended = now;
        return this;
    }

    /// The status is of this generation already.
    ExperimentFixture seen() {
        seen = true;
        return this;
    }

    ExperimentView view() {
        Owner owner = new Owner(
                "isogloss.dev/v1alpha1", "TransferExperiment", "research", "of-me", "me", "2026-01-01T00:00:00Z");
        ExperimentStatus before =
                seen ? new ExperimentStatus(Phase.Running, 1L, null, null, null, null, null, null, null) : null;
        List<TrainingStep> owned = new ArrayList<>(stale);
        owned.addAll(steps.values());
        return new ExperimentView(
                owner,
                1,
                new Plan("of-me", List.copyOf(planned.values())),
                InputLocations.NONE,
                runtime,
                STORE,
                suspended,
                before,
                steps,
                owned);
    }

    List<Written> execute() {
        actions();
        return written();
    }

    /// In all walks so far.
    List<Written> written() {
        return List.copyOf(written);
    }

    List<Action> actions() {
        return outcome().actions();
    }

    PlanExecution.Outcome outcome() {
        return new PlanExecution(
                        view(),
                        this,
                        this::makeStore,
                        (reason, sentence) -> events.add(written.size() + " written: " + sentence))
                .execute();
    }

    private void makeStore() {
        order.add("store");
        if ("store".equals(refused)) throw new KubernetesClientException("exceeded quota", 403, null);
    }

    /// What was written, in its order: `store`, the title of a step, `-` and the title of one that was released.
    List<String> order() {
        return List.copyOf(order);
    }

    /// The recorded events, each with how much had been written by then.
    List<String> events() {
        return List.copyOf(events);
    }

    /// A write of this step, or of the `store`, is refused by a quota.
    ExperimentFixture refusing(String name) {
        refused = name;
        return this;
    }

    List<String> released() {
        return List.copyOf(released);
    }

    /// As the last update of a step left them.
    RunRequests requests(String name) {
        return Objects.requireNonNull(requests.get(name), name);
    }

    @Nullable
    TrainingStep existing(String name) {
        return steps.get(step(name).key());
    }

    TrainingStepSpec spec(String name) {
        return Objects.requireNonNull(specs.get(name), name);
    }

    @Override
    public void create(Owner owner, String name, TrainingStepSpec spec, RunRequests first) {
        write(spec, first.isRequestedBy(owner.uid()));
        requests.put(Objects.requireNonNull(spec.title()), first);
    }

    @Override
    public void update(Owner owner, TrainingStep existing, TrainingStepSpec spec, RunRequests now) {
        write(spec, now.isRequestedBy(owner.uid()));
        requests.put(Objects.requireNonNull(spec.title()), now);
    }

    private void write(TrainingStepSpec spec, boolean requested) {
        String title = Objects.requireNonNull(spec.title());
        if (title.equals(refused)) throw new KubernetesClientException("exceeded quota", 403, null);
        order.add(title);
        written.add(new Written(title, requested, spec.attempt()));
        specs.put(title, spec);
    }

    @Override
    public void release(Owner owner, TrainingStep existing) {
        order.add("-" + existing.getSpec().title());
        released.add(Objects.requireNonNull(existing.getSpec().title()));
    }
}
