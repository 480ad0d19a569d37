package dev.isogloss.trainer.step;

import dev.isogloss.api.cluster.Locations;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.result.StepResult;
import dev.isogloss.trainer.data.ClaimFolders;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.hub.HubSettings;
import dev.isogloss.trainer.loop.Stopped;
import dev.isogloss.trainer.store.EncoderCopies;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.KeptEncoder;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreJson;
import dev.isogloss.trainer.task.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The inputs of a running step: files under names that users gave them, and what earlier steps left.
///
/// A step can read them and nothing else. The [StepOutput] that it needs to train, to write and to end comes from
/// [#prove] alone, so that no kind of step can forget to have the store remember which bytes a name stands for.
public final class StepInputs {
    private final PlannedStep step;
    private final StepContext context;
    private final ModelCache models;
    private final ItemCache items;
    private final StepJournal journal;
    private final StepOutput output;
    private final Map<Identity, Map<String, String>> unproven = new LinkedHashMap<>();
    private final Map<StepKey, ModelCache.Made> taken = new HashMap<>();

    public StepInputs(
            PlannedStep step,
            StepContext context,
            ModelCache models,
            ItemCache items,
            SeenNotes seen,
            TrainingMetrics metrics) {
        this.step = step;
        this.context = context;
        this.models = models;
        this.items = items;
        this.journal = new StepJournal(step, context.progress(), seen);
        this.output = new StepOutput(context, this, journal, metrics);
    }

    public StepJournal journal() {
        return journal;
    }

    public Locations locations() {
        return context.locations();
    }

    public RunOptions options() {
        return context.options();
    }

    /// The folder of each volume claim that a location may name.
    public ClaimFolders claims() {
        return context.claims();
    }

    /// Where published encoders may lie.
    public HubSettings hub() {
        return context.hub();
    }

    /// A published encoder that the store keeps, fetched now if it does not yet.
    ///
    /// @return empty if the store keeps one from another source under this name
    public Optional<KeptEncoder> keptEncoder(Identity encoder, String source, EncoderCopies.Fetch fetch) {
        Optional<KeptEncoder> kept = context.store().keptEncoder(encoder, source);
        return kept.isPresent() ? kept : context.store().keepEncoder(encoder, source, fetch);
    }

    /// SHA-256 of a file, which is hashed if the store does not remember it as it is now.
    public String sha256(InputFile file) throws IOException {
        return context.store().digests().of(file.path(), file::sha256);
    }

    public StepItems items() {
        Store store = context.store();
        return new StepItems(items, store.digests().remembers() ? ItemFiles.in(store.root()) : ItemFiles.none());
    }

    /// Takes down what was read, for the provenance, and has the store check that it is what others read by that name.
    ///
    /// @param identity null for generated data: what it is made from is in the key, and nothing else can differ
    public void read(@Nullable Identity identity, Map<String, String> sha256ByFile) {
        journal.read(sha256ByFile);
        if (identity == null) return;
        context.store().checkIdentity(identity, sha256ByFile);
        unproven.computeIfAbsent(identity, _ -> new TreeMap<>()).putAll(sha256ByFile);
    }

    /// Everything read so far makes sense, and something is about to be made of it: from here on the names stand for
    /// these bytes. Earlier a file that its owner has yet to mend would be held against the mended one.
    public StepOutput prove() {
        unproven.forEach(context.store()::identify);
        unproven.clear();
        return output;
    }

    /// @throws Stopped if the process was asked to end
    public void stopIfRequested(String where) {
        if (context.stop().requested()) throw new Stopped(where);
    }

    /// The result of an earlier step that this one reads.
    public StepResult result(StepKey key) {
        return context.store().result(key).orElseThrow(() -> missing(key));
    }

    private MissingStep missing(StepKey key) {
        return new MissingStep(key, context.store().address());
    }

    private StepKey done(StepKey key) {
        if (!context.store().isDone(key)) throw missing(key);
        return key;
    }

    /// The result of a step that this one can do without.
    public Optional<StepResult> resultIfDone(StepKey key) {
        return context.store().result(key);
    }

    public StepSpec spec(StepKey key) throws IOException {
        return StoreJson.MAPPER.readValue(Files.readAllBytes(context.store().spec(key)), StepSpec.class);
    }

    /// The folder of a model that an earlier step left.
    public Path model(StepKey key) {
        return context.store().model(done(key));
    }

    public Path predictions(StepKey key) {
        return context.store().predictions(done(key));
    }

    public Path selected(StepKey key) {
        return context.store().selected(done(key));
    }

    public Path augmented(StepKey key) {
        return context.store().augmented(done(key));
    }

    /// A model that an earlier step left, from memory where this process made it last and the store still holds what it
    /// made. The caller owns it, and may hand it on with [#giveBack].
    public Model takeModel(StepKey key) {
        ModelCache.Made made = new ModelCache.Made(key, result(key).provenance().started());
        taken.put(key, made);
        return models.take(made).orElseGet(() -> ModelFiles.read(model(key)));
    }

    /// @param key of the step that [#takeModel] took it of
    public void giveBack(StepKey key, Model model) {
        models.give(Objects.requireNonNull(taken.get(key), "a model that was not taken"), model);
    }

    /// The model that this step made, for the next to take.
    public void handOn(Model model) {
        models.give(new ModelCache.Made(step.key(), journal.started()), model);
    }
}
