package dev.isogloss.trainer.store.bucket;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.store.EncoderCopies;
import dev.isogloss.trainer.store.EncoderCopy;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.KeptEncoder;
import dev.isogloss.trainer.store.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Copies of encoders in a bucket:
///
///     published/<name>/<version>/<sha256>      the files
///     published/<name>/<version>/copy.json     their names, sizes and digests; put last, and only if there is none
///
/// A bucket has no locks, so two machines may both fetch an encoder. Objects are named by what is in them, and the
/// first record that is put is the one that counts, so both end with the same copy.
final class BucketCopies implements EncoderCopies {
    private static final String PUBLISHED = "published/";

    private final Bucket bucket;
    private final Path scratch;
    private final VerifiedDownload downloads;
    private final Map<String, Object> fetching = new ConcurrentHashMap<>();

    BucketCopies(Bucket bucket, Path scratch, VerifiedDownload downloads) {
        this.bucket = bucket;
        this.scratch = scratch;
        this.downloads = downloads;
    }

    @Override
    public Optional<KeptEncoder> find(Identity encoder, String source) throws IOException {
        String place = EncoderCopy.path(encoder) + "/";
        Optional<EncoderCopy> copy = record(place).filter(kept -> kept.source().equals(source));
        if (copy.isEmpty()) return Optional.empty();
        Path folder = scratch.resolve(place);
        synchronized (fetching.computeIfAbsent(place, first -> new Object())) {
            for (var file : copy.get().files().entrySet())
                switch (downloads.copy(
                        place + file.getValue().sha256(),
                        file.getValue(),
                        VerifiedDownload.inside(folder, file.getKey()))) {
                    case Present -> {}
                    case Missing -> {
                        return Optional.empty();
                    }
                    case Different ->
                        throw new InvalidInput(
                                "%s/%s%s has other bytes than its name says. Remove all of %s/%s, and the encoder is fetched again."
                                        .formatted(
                                                bucket.address(),
                                                place,
                                                file.getValue().sha256(),
                                                bucket.address(),
                                                place));
                }
        }
        return Optional.of(new KeptEncoder(copy.get(), folder));
    }

    private Optional<EncoderCopy> record(String place) {
        String name = place + EncoderCopy.FILE;
        return bucket.get(name).map(json -> EncoderCopy.read(json, bucket.address() + "/" + name));
    }

    @Override
    public Optional<KeptEncoder> keep(Identity encoder, String source, Fetch fetch) throws IOException {
        String place = EncoderCopy.path(encoder) + "/";
        synchronized (fetching.computeIfAbsent(place, first -> new Object())) {
            Optional<KeptEncoder> meanwhile = find(encoder, source);
            Optional<EncoderCopy> record = record(place);
            if (meanwhile.isPresent()
                    || record.filter(kept -> !kept.source().equals(source)).isPresent()) return meanwhile;
            List<Path> fetched = fetch.files();
            TreeMap<String, StoredFile> files = new TreeMap<>();
            for (Path file : fetched) {
                StoredFile stored = new StoredFile(Files.size(file), Sha256.of(file));
                bucket.upload(file, place + stored.sha256());
                files.put(file.getFileName().toString(), stored);
            }
            EncoderCopy copy = EncoderCopy.of(encoder, source, files);
            boolean first = bucket.putIfAbsent(place + EncoderCopy.FILE, copy.json());
            return first
                    ? Optional.of(new KeptEncoder(
                            copy, requireNonNull(fetched.getFirst().getParent())))
                    : find(encoder, source);
        }
    }

    @Override
    public List<Listed> all() {
        Map<String, List<Bucket.Listed>> byPlace = bucket.list(PUBLISHED).stream()
                .filter(object -> object.name().lastIndexOf('/') > PUBLISHED.length())
                .collect(Collectors.groupingBy(
                        object -> object.name().substring(0, object.name().lastIndexOf('/')),
                        TreeMap::new,
                        Collectors.toList()));
        List<Listed> all = new ArrayList<>();
        byPlace.forEach((place, objects) -> all.add(new Listed(
                place,
                record(place + "/").orElse(null),
                objects.stream().mapToLong(Bucket.Listed::bytes).sum(),
                objects.stream()
                        .map(Bucket.Listed::written)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH))));
        return all;
    }

    @Override
    public Optional<StoredFile> reread(Listed copy, String file) throws IOException {
        EncoderCopy record = copy.copy();
        StoredFile stored = record == null ? null : record.files().get(file);
        if (stored == null) return Optional.empty();
        StoredFile.Pieces pieces = new StoredFile.Pieces();
        return bucket.download(copy.place() + "/" + stored.sha256(), pieces::add)
                ? Optional.of(pieces.end())
                : Optional.empty();
    }

    @Override
    public void remove(Listed copy) {
        bucket.delete(copy.place() + "/" + EncoderCopy.FILE);
        for (Bucket.Listed each : bucket.list(copy.place() + "/")) bucket.delete(each.name());
    }
}
