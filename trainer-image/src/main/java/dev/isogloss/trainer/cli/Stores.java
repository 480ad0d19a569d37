package dev.isogloss.trainer.cli;

import dev.isogloss.plan.step.Input;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.bucket.BucketAddress;
import dev.isogloss.trainer.bucket.BucketSettings;
import dev.isogloss.trainer.data.ResolvedLocation;
import dev.isogloss.trainer.fetch.BucketInputs;
import dev.isogloss.trainer.store.RememberedDigests;
import dev.isogloss.trainer.store.Store;
import dev.isogloss.trainer.store.bucket.BucketStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Stores by their addresses: a folder, `file:///folder` or `s3://bucket/folder`.
final class Stores {
    private Stores() {}

    /// @throws InvalidInput if the address is of another kind, or its bucket needs keys that are not set
    static Store open(String address, Map<String, String> environment) {
        if (BucketAddress.isOne(address)) return inBucket(BucketAddress.parse(address), environment);
        Path folder = ResolvedLocation.ofUri(address, "The store").path();
        return Store.open(folder, digests(folder, environment));
    }

    /// A sentence where nothing has ever been kept: a mistyped address looks like lost results. Empty in a bucket.
    static Optional<String> absence(Store store) {
        return BucketAddress.isOne(store.address()) || Files.exists(store.root())
                ? Optional.empty()
                : Optional.of("There is no store %s yet.".formatted(store.address()));
    }

    private static Store inBucket(BucketAddress address, Map<String, String> environment) {
        Bucket bucket = new Bucket(address, BucketSettings.of(environment));
        Path scratch = scratch(environment).resolve(address.bucket()).resolve(address.prefix());
        return BucketStorage.store(bucket, scratch, digests(scratch, environment));
    }

    /// With ISOGLOSS_REMEMBER=no every file is hashed, and every split tokenised, each time.
    private static RememberedDigests digests(Path folder, Map<String, String> environment) {
        return environment.getOrDefault("ISOGLOSS_REMEMBER", "yes").equalsIgnoreCase("no")
                ? RememberedDigests.none()
                : RememberedDigests.in(folder);
    }

    /// The locations of these inputs once those in buckets are on this machine.
    ///
    /// @param verbose whether to say what is fetched
    static InputLocations fetched(
            Collection<Input> inputs, InputLocations locations, CliEnvironment environment, boolean verbose) {
        Consumer<String> note = sentence -> {
            if (verbose) environment.err().println("Note: " + sentence + ".");
        };
        BucketInputs buckets = new BucketInputs(environment.variables(), scratch(environment.variables()), note);
        return locations.moved(inputs, buckets::local);
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
