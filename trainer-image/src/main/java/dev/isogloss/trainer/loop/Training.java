package dev.isogloss.trainer.loop;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.method.Selection.Keep;
import dev.isogloss.trainer.loop.CheckpointState.Best;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.tensor.Device;
import dev.isogloss.trainer.tensor.Engine;
import dev.isogloss.trainer.tensor.Kernels;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
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
    private final int ahead;
    private final Queue<UnreadUpdate> unread = new ArrayDeque<>();
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
        this(
                method,
                scoring,
                checkpoints,
                new CheckpointClock(checkpointEvery, checkpointUpdates),
                observer,
                Engine.device() == Device.GPU ? 1 : 0);
    }

    /// @param ahead for so many updates the device has work before the losses of earlier ones are read: a GPU then
    ///     never waits for the program
    Training(
            Method method,
            @Nullable Scoring scoring,
            Checkpoints checkpoints,
            CheckpointClock clock,
            TrainingListener observer,
            int ahead) {
        this.method = method;
        this.scoring = scoring;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.observer = observer;
        this.ahead = ahead;
    }

    /// Trains to the end, or goes on from the checkpoint. The method's parameters are then the ones to keep.
    ///
    /// @throws Stopped      after a checkpoint, because the observer was told to stop
    /// @throws InvalidInput if the loss is no longer a number
    public TrainingOutcome run() {
        try (Scope lifetime = Scope.open();
                checkpoints) {
            Descent descent = new Descent(method);
            Optional<CheckpointState> saved = checkpoints.restore(tensors(descent));
            saved.ifPresentOrElse(this::goOn, method::prepare);
            observer.resumed(state.update());
            if (saved.isEmpty() && scoring != null && scoring.keep() == Keep.Better) setBar(scoring);
            long updates = method.updates();
            while (asked() < updates && !hasRunOutOfPatience()) {
                ask(descent);
                boolean reports = isDue(Math.max(1, updates / LOSS_LINES), updates);
                @Nullable Scoring due = scoring != null && isDue(scoring.every(), updates) ? scoring : null;
                settle(reports || due != null ? 0 : ahead);
                if (reports) reportLoss();
                if (due != null) score(due);
                checkpoints.check();
                if (observer.stopRequested()) {
                    save(descent);
                    checkpoints.await();
                    throw new Stopped("at update %d of %d".formatted(state.update(), updates));
                }
                if (clock.isDue(asked())) save(descent);
            }
            return outcome();
        } finally {
            unread.forEach(UnreadUpdate::close);
        }
    }

    private TrainingOutcome outcome() {
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

    /// Updates whose work was given to the device, their losses read or not.
    private long asked() {
        return state.update() + unread.size();
    }

    /// Gives the device the next update. What fails because an earlier one has diverged is that one's failure.
    private void ask(Descent descent) {
        try {
            unread.add(descent.update(asked()));
        } catch (RuntimeException failure) {
            settle(0);
            throw failure;
        }
    }

    /// Reads the losses of updates, until those of at most so many are unread.
    private void settle(int left) {
        while (unread.size() > left) {
            double loss = loss(unread.remove());
            state = state.after(loss);
            if (Engine.device() == Device.CPU && state.update() % TRIM_HEAP_EVERY == 0) Engine.trimHeap();
            observer.updated(state.update(), method.updates(), loss);
        }
    }

    private double loss(UnreadUpdate update) {
        double sum = 0;
        for (UnreadUpdate.Loss loss : update.read()) {
            if (!Double.isFinite(loss.value()))
                throw diverged(
                        "The loss (%s) is %s".formatted(loss.objective().name(), loss.value()), state.update() + 1);
            observer.read(loss.objective().examples(), loss.objective().tokens());
            sum += loss.value();
        }
        return sum;
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
        Map<String, Tensor> parameters = parameters();
        Kernels.firstNotFinite(List.copyOf(parameters.values())).ifPresent(place -> {
            String name = List.copyOf(parameters.keySet()).get(place);
            throw diverged("The parameter %s holds NaN or infinite numbers".formatted(name), state.update());
        });
    }

    private void goOn(CheckpointState saved) {
        state = saved;
        clock.saved(saved.update());
    }

    private boolean isDue(long every, long updates) {
        return asked() % every == 0 || asked() == updates;
    }

    private void reportLoss() {
        Map<String, Double> line = new LinkedHashMap<>();
        line.put("loss", state.lossSum() / state.lossCount());
        method.groups()
                .forEach(group ->
                        line.put("learningRate." + group.name(), group.rate().at(state.update() - 1)));
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

    private void save(Descent descent) {
        settle(0);
        requireFinite();
        checkpoints.save(state, tensors(descent));
        clock.saved(state.update());
    }

    private Map<String, Tensor> parameters() {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        method.groups().forEach(group -> group.parameters()
                .forEach((name, tensor) -> parameters.put(group.name() + "/" + name, tensor)));
        return parameters;
    }

    private Map<String, Tensor> tensors(Descent descent) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.putAll(descent.state());
        method.state().forEach((name, tensor) -> tensors.put("state/" + name, tensor));
        return tensors;
    }
}
