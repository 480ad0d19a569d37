package dev.isogloss.trainer.store.bucket;

import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.store.Identity;
import dev.isogloss.trainer.store.IdentityRecords;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// `datasets/<name>/<version>/<file>`: an object with the file's SHA-256, put on the condition that there is none. The
/// first writer wins and all others compare.
final class BucketIdentities implements IdentityRecords {
    private final Bucket bucket;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    BucketIdentities(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public void check(Identity identity, Map<String, String> found) {
        found.forEach((file, digest) -> compare(identity, file, digest));
    }

    @Override
    public void record(Identity identity, Map<String, String> found) {
        check(identity, found);
        found.forEach((file, digest) -> {
            String object = object(identity, file);
            if (known.containsKey(object)) return;
            if (!bucket.putIfAbsent(object, (digest + "\n").getBytes(StandardCharsets.UTF_8)))
                compare(identity, file, digest);
            known.putIfAbsent(object, digest);
        });
    }

    private void compare(Identity identity, String file, String digest) {
        String object = object(identity, file);
        Optional<String> recorded = Optional.ofNullable(known.get(object)).or(() -> recorded(object));
        IdentityRecords.compare(bucket.address() + "/" + object, identity, file, recorded.orElse(null), digest);
    }

    private Optional<String> recorded(String object) {
        Optional<String> digest = bucket.get(object).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
        digest.ifPresent(is -> known.put(object, is));
        return digest;
    }

    private static String object(Identity identity, String file) {
        return IdentityRecords.path(identity) + "/" + IdentityRecords.safe(file);
    }
}
