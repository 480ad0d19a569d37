package dev.isogloss.plan;

import dev.isogloss.api.cluster.FailurePolicy;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.task.Head;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.manifest.SettingsReader;
import dev.isogloss.plan.step.CorpusIdentity;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EnsembleStep;
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
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Small plans for tests, drawn as text: `a -> b -> c, a -> d` are chains of steps, each reading the one before it;
/// in `b + d -> e` the last reads two.
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
        for (String chain : drawing.isEmpty() ? new String[0] : drawing.split(", ")) {
            List<StepKey> before = List.of();
            for (String link : chain.split(" -> ")) {
                List<StepKey> read = before;
                before = Stream.of(link.split(" \\+ "))
                        .map(name -> keys.computeIfAbsent(name, _ -> {
                            steps.add(step(name, read));
                            return steps.getLast().key();
                        }))
                        .toList();
            }
        }
        return new PlanFixture(new Plan("lab", steps), keys, Map.of(), 100, FailurePolicy.Stop, 1000, false, null);
    }

    /// Steps that read up to three of those before them. Two versions of the same seed share some of their steps.
    static PlanFixture random(long seed, int steps, int version) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        List<String> chains = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            Set<String> inputs = new TreeSet<>();
            for (int j = random.nextInt(Math.min(i, 3) + 1); j > 0; j--) inputs.add(names.get(random.nextInt(i)));
            names.add("s" + i + (random.nextInt(4) == 0 ? "v" + version : ""));
            chains.add((inputs.isEmpty() ? "" : String.join(" + ", inputs) + " -> ") + names.getLast());
        }
        return of(String.join(", ", chains));
    }

    /// A pretraining if it reads nothing, a measurement of one model, or of several together.
    private static PlannedStep step(String name, List<StepKey> inputs) {
        StepSpec spec =
                switch (inputs.size()) {
                    case 0 ->
                        new PretrainStep(
                                1,
                                new EncoderOrigin.Published(name, "1"),
                                new CorpusIdentity(name, "1", List.of("en"), false, null),
                                SettingsReader.of(Pretrain.class, "{}"),
                                Precision.Float32,
                                1);
                    case 1 ->
                        new EvaluateStep(
                                1, inputs.getFirst(), TASK, DATA, List.of("en"), List.of(name), 128, Precision.Float32);
                    default -> new EnsembleStep(1, inputs, TASK, DATA, List.of("en"), List.of(name));
                };
        return new PlannedStep(StepKeys.of(spec), spec, name, name, 1L);
    }

    PlanFixture with(String name, StepState state) {
        return with(key(name), state);
    }

    /// Also of a step that the plan does not hold.
    PlanFixture with(StepKey key, StepState state) {
        Map<StepKey, StepState> changed = new HashMap<>(states);
        changed.put(key, state);
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
