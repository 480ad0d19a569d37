package dev.isogloss.trainer.loop;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Selection.Keep;
import dev.isogloss.trainer.loop.CheckpointState.Best;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.method.Objective;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.GradMode;
import dev.isogloss.trainer.tensor.Gradients;
import dev.isogloss.trainer.tensor.Kernels;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one training loop: every method runs in it, over every task.
///
/// Killed at any moment and started again, it ends in the same bits (same device, same thread count): all chance is a
/// function of seed and update, and everything else is in the checkpoint. Checkpoints are written beside it; it ends,
/// one way or another, when they are whole.
public final class Training {
    private static final int LOSS_LINES = 200;
    private static final int TRIM_HEAP_EVERY = 50; // 2 % more memory; every 10 would save 1 %, and cost time

    private final Method method;
    private final @Nullable Scoring scoring;
    private final Checkpoints checkpoints;
    private final CheckpointClock clock;
    private final TrainingListener observer;
    private final List<AdamW> optimisers = new ArrayList<>();
    private CheckpointState state = CheckpointState.fresh();

    /// @param scoring     null keeps the last parameters
    /// @param checkpoints closed when the training ends
    public Training(
            Method method,
            @Nullable Scoring scoring,
            Checkpoints checkpoints,
            Duration checkpointEvery,
            int checkpointUpdates,
            TrainingListener observer) {
        this.method = method;
        this.scoring = scoring;
        this.checkpoints = checkpoints;
        this.clock = new CheckpointClock(checkpointEvery, checkpointUpdates);
        this.observer = observer;
    }

    /// Trains to the end, or goes on from the checkpoint. The method's parameters are then the ones to keep.
    ///
    /// @throws Stopped      after a checkpoint, because the observer was told to stop
    /// @throws InvalidInput if the loss is no longer a number
    public TrainingOutcome run() {
        try (Scope lifetime = Scope.open();
                checkpoints) {
            method.groups().forEach(group -> optimisers.add(new AdamW(group)));
            Optional<CheckpointState> saved = checkpoints.restore(tensors());
            saved.ifPresentOrElse(this::goOn, method::prepare);
            observer.resumed(state.update());
            if (saved.isEmpty() && scoring != null && scoring.keep() == Keep.Better) setBar(scoring);
            long updates = method.updates();
            while (state.update() < updates && !hasRunOutOfPatience()) {
                double loss = update(state.update());
                state = state.after(loss);
                if (state.update() % TRIM_HEAP_EVERY == 0) Engine.trimHeap();
                observer.updated(state.update(), updates, loss);
                if (isDue(Math.max(1, updates / LOSS_LINES), updates)) reportLoss();
                if (scoring != null && isDue(scoring.every(), updates)) score(scoring);
                checkpoints.check();
                if (observer.stopRequested()) {
                    save();
                    checkpoints.await();
                    throw new Stopped("at update %d of %d".formatted(state.update(), updates));
                }
                if (clock.isDue(state.update())) save();
            }
            requireFinite();
            checkpoints.await();
            long trained = state.update();
            Best best = state.best();
            double bar = state.bar() == null ? Double.NaN : state.bar();
            if (best == null || best.file().isEmpty())
                return new TrainingOutcome(trained, trained, best == null ? Double.NaN : best.score(), bar);
            checkpoints.restoreBest(best.file(), parameters());
            return new TrainingOutcome(trained, best.update(), best.score(), bar);
        }
    }

    private double update(long update) {
        double sum = 0;
        for (Objective objective : method.objectives(update)) {
            try (Scope whole = Scope.open()) {
                List<AdamW> stepping = optimisers.stream()
                        .filter(optimiser ->
                                objective.steps().contains(optimiser.group().name()))
                        .toList();
                List<Tensor> parameters = stepping.stream()
                        .flatMap(optimiser -> optimiser.parameters().stream())
                        .toList();
                Accumulated total = accumulate(objective, parameters, whole);
                int from = 0;
                for (AdamW optimiser : stepping) {
                    int to = from + optimiser.parameters().size();
                    optimiser.step(total.gradients().subList(from, to), update);
                    from = to;
                }
                double loss = total.loss(); // read last: a GPU is asked for the step before the wait for it
                if (!Double.isFinite(loss))
                    throw diverged("The loss (%s) is %s".formatted(objective.name(), loss), update + 1);
                observer.read(objective.examples(), objective.tokens());
                sum += loss;
            }
        }
        return sum;
    }

    private record Accumulated(List<Tensor> losses, List<Tensor> gradients) {

        double loss() {
            return losses.stream().mapToDouble(Tensor::toDouble).reduce(0, Double::sum);
        }
    }

    /// One micro-batch's graph at a time: it is gone before the next is built.
    private static Accumulated accumulate(Objective objective, List<Tensor> parameters, Scope whole) {
        List<Tensor> losses = new ArrayList<>();
        List<Tensor> gradients = List.of();
        for (Objective.Part part : objective.parts()) {
            try (Scope graph = Scope.open()) {
                Tensor value = GradMode.with(() -> part.weight() == 1
                        ? part.loss().get()
                        : part.loss().get().times(part.weight()));
                List<Tensor> own = Gradients.of(value, parameters, false);
                if (gradients.isEmpty()) {
                    gradients = own;
                    own.forEach(gradient -> gradient.keep(whole));
                } else {
                    Kernels.add(gradients, own, 1);
                }
                losses.add(value.detach().keep(whole));
            }
        }
        return new Accumulated(losses, gradients);
    }

    private InvalidInput diverged(String what, long update) {
        checkpoints.await();
        String kept = clock.lastSaved() == 0
                ? "No checkpoint was due before."
                : "The last checkpoint, of update %d, is sound and kept.".formatted(clock.lastSaved());
        return new InvalidInput(
                ("%s at update %d of %d: the training has diverged. The learning rate is probably too high: lower"
                                + " learningRate, raise optimiser.warmupFraction, or set optimiser.clipNorm to 1. %s")
                        .formatted(what, update, method.updates(), kept));
    }

    /// A finite loss can have gradients that are not; the parameters then wait for the next update to say so, which may
    /// never come.
    private void requireFinite() {
        parameters().forEach((name, tensor) -> {
            if (!tensor.allFinite())
                throw diverged("The parameter %s holds NaN or infinite numbers".formatted(name), state.update());
        });
    }

    private void goOn(CheckpointState saved) {
        state = saved;
        clock.saved(saved.update());
    }

    private boolean isDue(long every, long updates) {
        return state.update() % every == 0 || state.update() == updates;
    }

    private void reportLoss() {
        Map<String, Double> line = new LinkedHashMap<>();
        line.put("loss", state.lossSum() / state.lossCount());
        for (AdamW optimiser : optimisers)
            line.put(
                    "learningRate." + optimiser.group().name(),
                    optimiser.group().rate().at(state.update() - 1));
        line.putAll(method.readings());
        observer.curve(state.update(), line);
        state = state.withLossReported();
    }

    /// The model at the start is the first checkpoint, and only a strictly higher score replaces it.
    private void setBar(Scoring scoring) {
        score(scoring);
        state = state.withBar();
    }

    private void score(Scoring scoring) {
        requireFinite();
        Map<String, Double> scores = scoring.scores().now();
        observer.curve(state.update(), scores);
        double score = scores.values().iterator().next();
        Best best = state.best();
        if (best == null || score > best.score())
            state = state.withBest(new Best(
                    state.update(),
                    score,
                    scoring.keep() == Keep.Last ? "" : checkpoints.keepBest(state.update(), parameters())));
        else state = state.withStale();
    }

    private boolean hasRunOutOfPatience() {
        return scoring != null && scoring.patience() > 0 && state.stale() >= scoring.patience();
    }

    private void save() {
        requireFinite();
        checkpoints.save(state, tensors());
        clock.saved(state.update());
    }

    private Map<String, Tensor> parameters() {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        method.groups().forEach(group -> group.parameters()
                .forEach((name, tensor) -> parameters.put(group.name() + "/" + name, tensor)));
        return parameters;
    }

    private Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        optimisers.forEach(optimiser -> tensors.putAll(optimiser.state()));
        method.state().forEach((name, tensor) -> tensors.put("state/" + name, tensor));
        return tensors;
    }
}
