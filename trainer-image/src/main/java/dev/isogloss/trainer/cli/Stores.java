package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.bucket.BucketAddress;
import dev.isogloss.trainer.bucket.BucketSettings;
import dev.isogloss.trainer.fetch.BucketInputs;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.bucket.BucketStorage;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/// Opens the store that an address names: a folder, `file:///folder` or `s3://bucket/folder`.
final class Stores {
    private Stores() {}

    /// @throws InvalidInput if the address is of another kind, or its bucket needs keys that are not set
    static Store open(String address, Map<String, String> environment) {
        if (BucketAddress.isOne(address)) return inBucket(BucketAddress.parse(address), environment);
        if (address.startsWith("file:"))
            return Store.open(Path.of(URI.create(address).getPath()));
        if (address.matches("[A-Za-z][A-Za-z0-9+.-]+://.*"))
            throw new InvalidInput(
                    ("Results cannot be kept at %s. Name a folder or s3://BUCKET/FOLDER with --store, or in the"
                                    + " manifest's storage.")
                            .formatted(address));
        return Store.open(Path.of(address));
    }

    private static Store inBucket(BucketAddress address, Map<String, String> environment) {
        Bucket bucket = new Bucket(address, BucketSettings.of(environment));
        return BucketStorage.store(
                bucket, scratch(environment).resolve(address.bucket()).resolve(address.prefix()));
    }

    /// Where these inputs lie once those in buckets are on this machine.
    ///
    /// @param loud whether to say what is fetched
    static Locations fetched(Collection<Input> inputs, Locations locations, CliEnvironment around, boolean loud) {
        Consumer<String> note = sentence -> {
            if (loud) around.err().println("Note: " + sentence + ".");
        };
        return new BucketInputs(around.environment(), scratch(around.environment()), note).local(inputs, locations);
    }

    /// ISOGLOSS_SCRATCH, or a folder that users know as one that may be deleted.
    static Path scratch(Map<String, String> environment) {
        String given = environment.getOrDefault("ISOGLOSS_SCRATCH", "");
        if (!given.isEmpty()) return Path.of(given);
        String cache = environment.getOrDefault(
                "XDG_CACHE_HOME", environment.getOrDefault("HOME", System.getProperty("java.io.tmpdir")) + "/.cache");
        return Path.of(cache, "isogloss", "buckets");
    }
}
