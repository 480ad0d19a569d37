package dev.isogloss.trainer.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.result.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Gatherers;

/// A finished step that is computed again, under the same key, in a folder of its own: what the store holds stays as it
/// is, and counts, until the new result is whole.
///
/// If both are the same to the last bit, the former one stays. If not, the new one takes its place in one stroke, and
/// every step that reads this one is marked as stale: its result was made from what is there no more. Who runs a plan
/// computes stale steps again, too, so that it does not matter where a run is stopped.
///
/// The caller holds the lock of the step.
public final class RepeatedStep {
    private static final int READS_AT_ONCE = 16;

    private final Store store;
    private final StepFolder folder;

    private RepeatedStep(Store store, StepFolder folder) {
        this.store = store;
        this.folder = folder;
    }

    /// Goes on from the checkpoint of an earlier attempt, if there is one.
    ///
    /// @throws InvalidInput if the store is read-only
    public static RepeatedStep begin(Store store, StepKey key, StepSpec spec) {
        StepFolder folder = store.begin(new AgainFolders(store.root()).of(key), spec);
        return StoreErrors.writing(store.root(), () -> {
            if (!Files.exists(folder.checkpoint())) new SeenMarks(folder).clear();
            return new RepeatedStep(store, folder);
        });
    }

    public StepFolder folder() {
        return folder;
    }

    /// Compares the result with the one that the store holds, and keeps the one that counts from now on. If that fails,
    /// for a full disk say, the checkpoint is still there.
    public Recomputed end(StepResult fresh) {
        return StoreErrors.writing(store.root(), () -> {
            StepKey key = folder.key();
            SeenMarks marks = new SeenMarks(folder);
            Set<String> seen = marks.read();
            SortedMap<String, StoredFile> files = Store.inventory(folder);
            Optional<StepResult> former = store.result(key);
            Recomputed recomputed = former.map(result -> compared(result, fresh, files))
                    .orElseGet(() -> new Recomputed(fresh, false, List.of("the former result was removed")));
            if (recomputed.isSame()) store.storage().discard(folder);
            else replace(key, files, fresh);
            marks.end(store.storage().marks(), seen);
            return recomputed;
        });
    }

    private Recomputed compared(StepResult former, StepResult fresh, SortedMap<String, StoredFile> files) {
        return Recomputed.of(former, filesOf(former.key()), fresh, files);
    }

    private Map<String, StoredFile> filesOf(StepKey key) {
        return store.read(key, StepFolder.FILES)
                .map(json -> StoreErrors.<Map<String, StoredFile>>writing(
                        store.root(),
                        () -> StoreJson.MAPPER.readValue(json, new TypeReference<TreeMap<String, StoredFile>>() {})))
                .orElse(Map.of());
    }

    /// Readers are marked before the exchange, for then nobody can be stopped between the two, and after it, for those
    /// that have begun meanwhile may have read what is there no more.
    private void replace(StepKey key, SortedMap<String, StoredFile> files, StepResult fresh) throws IOException {
        Set<StepKey> known = new HashSet<>(Set.of(key));
        Set<StepKey> readers = new HashSet<>();
        mark(readers, known);
        store.storage().replace(folder, files, StoreJson.MAPPER.writeValueAsBytes(fresh));
        mark(readers, known);
    }

    /// @param readers of the step, as far as they are known; others are added
    /// @param known   steps that were looked at before
    private void mark(Set<StepKey> readers, Set<StepKey> known) throws IOException {
        List<StepKey> others = store.keys().stream().filter(known::add).toList();
        others.stream()
                .gather(Gatherers.mapConcurrent(
                        READS_AT_ONCE,
                        each -> reads(each, folder.key()) ? Optional.of(each) : Optional.<StepKey>empty()))
                .flatMap(Optional::stream)
                .forEach(readers::add);
        for (StepKey reader : readers) store.storage().marks().mark(reader);
    }

    private boolean reads(StepKey step, StepKey input) {
        return store.keyDocument(step)
                .map(json -> new String(json, StandardCharsets.UTF_8).contains(input.hex()))
                .orElse(false);
    }
}
