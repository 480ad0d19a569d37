package dev.isogloss.trainer.store.bucket;

import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.store.StaleMarks;
import java.util.Set;
import java.util.stream.Collectors;

/// Marks that are empty objects.
record BucketMarks(Bucket bucket) implements StaleMarks {
    private static final String FOLDER = "stale/";

    @Override
    public Set<String> names(String prefix) {
        return bucket.list(FOLDER + prefix).stream()
                .map(object -> object.name().substring(FOLDER.length()))
                .collect(Collectors.toSet());
    }

    @Override
    public void put(String name) {
        bucket.put(FOLDER + name, new byte[0]);
    }

    @Override
    public void delete(String name) {
        bucket.delete(FOLDER + name);
    }
}
