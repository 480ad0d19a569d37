package dev.isogloss.plan;

import dev.isogloss.api.DataFormat;
import dev.isogloss.api.FailurePolicy;
import dev.isogloss.api.Head;
import dev.isogloss.api.Precision;
import dev.isogloss.api.TaskSpec;
import dev.isogloss.api.TaskType;
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
record Lab(
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

    static Lab of(String drawing) {
        Map<String, StepKey> keys = new LinkedHashMap<>();
        List<PlannedStep> steps = new ArrayList<>();
        for (String chain : drawing.split(", ")) {
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
        return new Lab(new Plan("lab", steps), keys, Map.of(), 100, FailurePolicy.Stop, 1000, false, null);
    }

    /// Steps that read up to three of those before them. Two versions of the same seed share some of their steps.
    static Lab random(long seed, int steps, int version) {
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
                        new StepSpec.Pretrain(
                                1,
                                new EncoderOrigin.Published(name, "1"),
                                new CorpusIdentity(name, "1", List.of("en"), false, null),
                                dev.isogloss.planner.Settings.of(dev.isogloss.api.Pretrain.class, "{}"),
                                Precision.Float32,
                                1);
                    case 1 ->
                        new StepSpec.Evaluate(
                                1, inputs.getFirst(), TASK, DATA, List.of("en"), List.of(name), 128, Precision.Float32);
                    default -> new Ensemble(1, inputs, TASK, DATA, List.of("en"), List.of(name));
                };
        return new PlannedStep(StepKeys.of(spec), spec, name, name, 1L);
    }

    Lab with(String name, StepState state) {
        return with(key(name), state);
    }

    /// Also of a step that the plan does not hold.
    Lab with(StepKey key, StepState state) {
        Map<StepKey, StepState> changed = new HashMap<>(states);
        changed.put(key, state);
        return new Lab(plan, keys, changed, parallelism, policy, maxFailed, suspended, concluded);
    }

    Lab done(String name) {
        return with(name, new StepState.Done(false));
    }

    Lab running(String name) {
        return with(name, new StepState.Running());
    }

    Lab failed(String name) {
        return with(name, new StepState.Failed("disk full"));
    }

    Lab parallelism(int slots) {
        return new Lab(plan, keys, states, slots, policy, maxFailed, suspended, concluded);
    }

    Lab continuing(int most) {
        return new Lab(plan, keys, states, parallelism, FailurePolicy.Continue, most, suspended, concluded);
    }

    Lab suspend() {
        return new Lab(plan, keys, states, parallelism, policy, maxFailed, true, concluded);
    }

    Lab conclude(Verdict verdict) {
        return new Lab(plan, keys, states, parallelism, policy, maxFailed, suspended, verdict);
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
