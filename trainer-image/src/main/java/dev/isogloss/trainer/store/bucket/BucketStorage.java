package dev.isogloss.trainer.store.bucket;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.bucket.BucketFailure;
import dev.isogloss.trainer.store.AtomicFiles;
import dev.isogloss.trainer.store.EncoderCopies;
import dev.isogloss.trainer.store.IdentityRecords;
import dev.isogloss.trainer.store.Leftover;
import dev.isogloss.trainer.store.RememberedDigests;
import dev.isogloss.trainer.store.StaleMarks;
import dev.isogloss.trainer.store.StepFolder;
import dev.isogloss.trainer.store.StepStorage;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.StoreEntry;
import dev.isogloss.trainer.store.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Storage in a bucket. A bucket has no locks, so two processes may run one step; one of them wins, and both have its
/// result.
public final class BucketStorage implements StepStorage {
    private final Bucket bucket;
    private final StepUploads uploads;
    private final CheckpointUploads checkpoints;
    private final VerifiedDownload downloads;
    private final BucketIdentities identities;
    private final BucketCopies copies;
    private final Map<StepKey, Object> fetching = new ConcurrentHashMap<>();

    private BucketStorage(Bucket bucket, Path scratch, String process, RememberedDigests digests) {
        this.bucket = bucket;
        this.uploads = new StepUploads(bucket, process);
        this.checkpoints = new CheckpointUploads(bucket, process, scratch.resolve("checkpoints"), digests);
        this.downloads = new VerifiedDownload(bucket, digests);
        this.identities = new BucketIdentities(bucket);
        this.copies = new BucketCopies(bucket, scratch, downloads);
    }

    /// @param scratch where steps work; it may be lost at any time
    public static Store store(Bucket bucket, Path scratch) {
        return store(bucket, scratch, RememberedDigests.in(scratch));
    }

    /// @param digests of the files that lie in `scratch`, and of those that steps read
    public static Store store(Bucket bucket, Path scratch, RememberedDigests digests) {
        String process = UUID.randomUUID().toString();
        return Store.open(new BucketStorage(bucket, scratch, process, digests), scratch, digests);
    }

    @Override
    public String address() {
        return bucket.address().toString();
    }

    @Override
    public String address(StepKey key, String name) {
        return address() + "/" + StepUploads.step(key) + name;
    }

    @Override
    public List<StepKey> keys() {
        return bucket.folders("steps/").stream()
                .filter(Store::isKey)
                .map(StepKey::new)
                .sorted()
                .toList();
    }

    /// One listing: a request for every thousand objects.
    @Override
    public List<StoreEntry.Finished> finished() {
        return bucket.list("steps/").stream()
                .flatMap(object -> finished(object).stream())
                .sorted(StoreEntry.Finished.NEWEST_FIRST)
                .toList();
    }

    private static Optional<StoreEntry.Finished> finished(Bucket.Listed object) {
        String[] parts = object.name().split("/");
        return parts.length == 3 && Store.isKey(parts[1]) && parts[2].equals(StepFolder.RESULT)
                ? Optional.of(new StoreEntry.Finished(new StepKey(parts[1]), object.written()))
                : Optional.empty();
    }

    /// Some seconds, 16 at a time.
    @Override
    public int affordableReads() {
        return 2_000;
    }

    @Override
    public Optional<byte[]> read(StepKey key, String name) {
        if (!name.equals(StepFolder.FILES)) return bucket.get(StepUploads.step(key) + name);
        uploads.forget(key); // another machine may have replaced the step
        return read(key, StepFolder.RESULT).flatMap(done -> bucket.get(uploads.file(key, name)));
    }

    @Override
    public Optional<StoredFile> reread(StepKey key, String name) throws IOException {
        StoredFile.Pieces pieces = new StoredFile.Pieces();
        return bucket.download(uploads.file(key, name), pieces::add) ? Optional.of(pieces.end()) : Optional.empty();
    }

    @Override
    public boolean hasCheckpoint(StepKey key) {
        return checkpoints.exists(key);
    }

    @Override
    public Usage usage(StepKey key) {
        List<Bucket.Listed> all = bucket.list(StepUploads.step(key));
        return new Usage(
                all.stream().mapToLong(Bucket.Listed::bytes).sum(),
                all.stream()
                        .map(Bucket.Listed::written)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH));
    }

    @Override
    public void begin(StepFolder folder) throws IOException {
        bucket.upload(folder.step(), StepUploads.step(folder.key()) + StepFolder.STEP);
        uploads.forgetAll();
        checkpoints.restore(folder, downloads);
    }

    /// A bucket that cannot be reached for a while costs nothing but a checkpoint.
    @Override
    public Optional<String> keepCheckpoint(StepFolder folder) throws IOException {
        try {
            checkpoints.upload(folder);
            return Optional.empty();
        } catch (BucketFailure failure) {
            return Optional.of("the checkpoint is on this machine alone: " + failure.getMessage());
        }
    }

    @Override
    public Optional<byte[]> publish(StepFolder folder, SortedMap<String, StoredFile> files, byte[] result)
            throws IOException {
        Optional<byte[]> earlier = uploads.publish(folder, files, result);
        checkpoints.forget(folder.key());
        return earlier;
    }

    @Override
    public void replace(StepFolder made, SortedMap<String, StoredFile> files, byte[] result) throws IOException {
        uploads.replace(made, files, result);
        checkpoints.forget(made.key());
        AtomicFiles.delete(made.path());
    }

    @Override
    public void discard(StepFolder made) throws IOException {
        uploads.removeCheckpoint(made.key());
        checkpoints.forget(made.key());
        AtomicFiles.delete(made.path());
    }

    @Override
    public List<Leftover> leftovers() {
        return new BucketLeftovers(bucket, uploads).all();
    }

    @Override
    public void remove(Leftover leftover) {
        new BucketLeftovers(bucket, uploads).remove(leftover);
    }

    @Override
    public StaleMarks marks() {
        return new BucketMarks(bucket);
    }

    @Override
    public void recover(StepKey key) {}

    /// Once more if another machine has replaced the step since this one asked which files count.
    @Override
    public void fetch(StepFolder folder, String name) throws IOException {
        StepKey key = folder.key();
        synchronized (fetching.computeIfAbsent(key, first -> new Object())) {
            try {
                fetchAll(folder, name);
            } catch (InvalidInput gone) {
                uploads.forget(key);
                fetchAll(folder, name);
            }
        }
    }

    private void fetchAll(StepFolder folder, String name) throws IOException {
        for (var file : uploads.winner(folder.key()).files().entrySet())
            if (file.getKey().equals(name) || file.getKey().startsWith(name + "/"))
                fetch(folder, file.getKey(), file.getValue());
    }

    private void fetch(StepFolder folder, String name, StoredFile wanted) throws IOException {
        String object = uploads.file(folder.key(), name);
        switch (downloads.copy(object, wanted, VerifiedDownload.inside(folder.path(), name))) {
            case Present -> {}
            case Missing -> throw CorruptObject.missing(bucket.address(), folder.key(), object);
            case Different -> throw CorruptObject.changed(bucket.address(), folder.key(), object);
        }
    }

    @Override
    public void remove(StepKey key) throws IOException {
        bucket.delete(StepUploads.step(key) + StepFolder.RESULT);
        for (Bucket.Listed each : bucket.list(StepUploads.step(key))) bucket.delete(each.name());
        uploads.forget(key);
        checkpoints.forget(key);
        marks().remove(marks().of(key));
    }

    @Override
    public EncoderCopies encoders() {
        return copies;
    }

    @Override
    public IdentityRecords identities() {
        return identities;
    }
}
