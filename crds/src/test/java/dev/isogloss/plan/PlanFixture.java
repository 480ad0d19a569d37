package dev.isogloss.plan;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.CorpusIdentity;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Small plans for tests, drawn as text: `a -> b -> c, a -> d` are chains of steps, each reading the one before it.
///
/// @param keys of the steps by their letter
record PlanFixture(
        Plan plan,
        Map<String, StepKey> keys,
        Map<StepKey, StepState> states,
        int parallelism,
        FailurePolicy policy,
        int maxFailed,
        boolean suspended,
        @Nullable Verdict concluded) {
    private static final TaskSpec TASK = new TaskSpec(TaskType.SequenceClassification, null, Head.Pooled, false);
    private static final DatasetIdentity DATA =
            new DatasetIdentity("toy", "1", DataFormat.JsonLines, null, Map.of(), null);

    static PlanFixture of(String drawing) {
        Map<String, StepKey> keys = new LinkedHashMap<>();
        List<PlannedStep> steps = new ArrayList<>();
        for (String chain : drawing.split(", ")) {
            StepKey before = new StepKey("0".repeat(64));
            boolean first = true;
            for (String name : chain.split(" -> ")) {
                if (!keys.containsKey(name)) {
                    PlannedStep step = step(name, first ? null : before);
                    keys.put(name, step.key());
                    steps.add(step);
                }
                before = keys.get(name);
                first = false;
            }
        }
        return new PlanFixture(new Plan("lab", steps), keys, Map.of(), 100, FailurePolicy.Stop, 1000, false, null);
    }

    /// A measuring step of one split; one without input reads a model that the plan does not hold.
    private static PlannedStep step(String name, @Nullable StepKey input) {
        StepSpec spec = input == null
                ? new PretrainStep(
                        1,
                        new EncoderOrigin.Published(name, "1"),
                        new CorpusIdentity(name, "1", List.of("en"), false, null),
                        dev.isogloss.manifest.SettingsReader.of(dev.isogloss.api.method.Pretrain.class, "{}"),
                        Precision.Float32,
                        1)
                : new EvaluateStep(1, input, TASK, DATA, List.of("en"), List.of(name), 128, Precision.Float32);
        return new PlannedStep(StepKeys.of(spec), spec, name, name, 1L);
    }

    PlanFixture with(String name, StepState state) {
        Map<StepKey, StepState> changed = new HashMap<>(states);
        changed.put(key(name), state);
        return new PlanFixture(plan, keys, changed, parallelism, policy, maxFailed, suspended, concluded);
    }

    PlanFixture done(String name) {
        return with(name, new StepState.Done(false));
    }

    PlanFixture running(String name) {
        return with(name, new StepState.Running());
    }

    PlanFixture failed(String name) {
        return with(name, new StepState.Failed("disk full"));
    }

    PlanFixture parallelism(int slots) {
        return new PlanFixture(plan, keys, states, slots, policy, maxFailed, suspended, concluded);
    }

    PlanFixture continuing(int most) {
        return new PlanFixture(plan, keys, states, parallelism, FailurePolicy.Continue, most, suspended, concluded);
    }

    PlanFixture suspend() {
        return new PlanFixture(plan, keys, states, parallelism, policy, maxFailed, true, concluded);
    }

    PlanFixture conclude(Verdict verdict) {
        return new PlanFixture(plan, keys, states, parallelism, policy, maxFailed, suspended, verdict);
    }

    StepKey key(String name) {
        StepKey key = keys.get(name);
        if (key == null) throw new IllegalArgumentException(name);
        return key;
    }

    Observation seen() {
        return new Observation(plan, states, parallelism, policy, maxFailed, suspended, concluded);
    }

    /// The actions as words: `start a`, `stop b`, `conclude Failed`.
    List<String> decide() {
        return words(Decider.decide(seen()));
    }

    List<String> words(List<Action> actions) {
        return actions.stream()
                .map(action -> switch (action) {
                    case Action.Start(var step, var _) -> "start " + step.title();
                    case Action.Stop(var key, var _) -> "stop " + name(key);
                    case Action.Conclude(var verdict, var _) -> "conclude " + verdict;
                })
                .toList();
    }

    private String name(StepKey key) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getValue().equals(key))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("?");
    }
}
