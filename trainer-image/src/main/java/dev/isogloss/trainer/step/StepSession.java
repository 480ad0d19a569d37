package dev.isogloss.trainer.step;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.encoder.Precision;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.encoder.Encoder;
import dev.isogloss.trainer.loop.Checkpoints;
import dev.isogloss.trainer.loop.Scoring;
import dev.isogloss.trainer.loop.Training;
import dev.isogloss.trainer.loop.TrainingOutcome;
import dev.isogloss.trainer.method.Method;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.tensor.Engine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What every kind of step shares: its context, its metrics, and how its result is put together.
public final class StepSession {
    private static final long SMALL = 50_000_000;

    private final PlannedStep step;
    private final StepContext context;
    private final ModelCache models;
    private final ItemCache items;
    private final SeenNotes told;
    private final TrainingMetrics metrics;
    private final Instant started = Instant.now();
    private final Map<String, String> read = new TreeMap<>();
    private final Map<Identity, Map<String, String>> unproven = new LinkedHashMap<>();
    private Facts facts = Facts.NONE;

    public StepSession(
            PlannedStep step,
            StepContext context,
            ModelCache models,
            ItemCache items,
            SeenNotes told,
            TrainingMetrics metrics) {
        this.step = step;
        this.context = context;
        this.models = models;
        this.items = items;
        this.told = told;
        this.metrics = metrics;
    }

    public StepKey key() {
        return step.key();
    }

    public StepContext context() {
        return context;
    }

    public StepFolder folder() {
        return context.folder();
    }

    public ModelCache models() {
        return models;
    }

    public ItemCache items() {
        return items;
    }

    /// Tunes the process to the encoder: small ones gain from memory that is kept, large ones lose.
    public void tuneFor(Encoder encoder, Precision precision) {
        if (precision != Engine.precisionFor(precision))
            noteOnce(
                    "precision BFloat16 would be slower than Float32 on this device, so matrices are multiplied in Float32");
        if (encoder.parameters().count() < SMALL) Engine.keepFreedMemory();
    }

    /// @throws InvalidInput if sequences may be longer than the encoder has positions for
    public void requireRoom(Encoder encoder, int maxLength, String field) {
        int most = encoder.config().longestInput();
        if (maxLength > most)
            throw new InvalidInput("%s is %d, but the encoder has positions for %d tokens. Set it to at most %d."
                    .formatted(field, maxLength, most, most));
    }

    public void note(String sentence) {
        context.progress().note(sentence);
    }

    /// Tells something about the data, which every seed would tell again.
    public void noteOnce(String sentence) {
        if (told.isNew(sentence)) note(sentence);
    }

    /// Takes down what was read, for the provenance, and has the store check that it is what others read by that name.
    ///
    /// @param identity null for generated data: what it is made from is in the key, and nothing else can differ
    public void read(@Nullable Identity identity, Map<String, String> sha256ByFile) {
        read.putAll(sha256ByFile);
        if (identity == null) return;
        context.store().checkIdentity(identity, sha256ByFile);
        unproven.computeIfAbsent(identity, first -> new TreeMap<>()).putAll(sha256ByFile);
    }

    /// Everything read so far makes sense, and something is about to be made of it: from here on the names stand for
    /// these bytes. Earlier a file that its owner has yet to mend would be held against the mended one.
    public void inputsAreSound() {
        unproven.forEach(context.store()::identify);
        unproven.clear();
    }

    /// A number worth keeping with the result.
    public void fact(Fact fact, String detail, double value) {
        facts = facts.with(fact, detail, value);
    }

    public TrainingOutcome train(Method method, @Nullable Scoring scoring) {
        inputsAreSound();
        RunOptions options = context.options();
        return new Training(
                        method,
                        scoring,
                        new Checkpoints(folder().checkpoint(), this::keepCheckpoint),
                        options.checkpointEvery(),
                        options.checkpointUpdates(),
                        new TrainingReporter(folder().curve(), context.progress(), context.stop(), metrics))
                .run();
    }

    /// Something that a later attempt can go on from was written.
    public void keepCheckpoint() {
        context.store().keepCheckpoint(key()).ifPresent(this::note);
    }

    public StepResult result(List<Score> scores, Facts more) {
        Instant finished = Instant.now();
        return new StepResult(
                step.key(),
                step.spec().kind(),
                scores,
                facts.with(more)
                        .with(Fact.Seconds, Duration.between(started, finished).toMillis() / 1e3)
                        .with(Fact.PeakMemoryBytes, Engine.peakMemoryBytes()),
                new Provenance(
                        started.truncatedTo(ChronoUnit.MILLIS),
                        finished.truncatedTo(ChronoUnit.MILLIS),
                        Engine.versions(),
                        Engine.describeDevice(),
                        Engine.threads(),
                        read));
    }
}
