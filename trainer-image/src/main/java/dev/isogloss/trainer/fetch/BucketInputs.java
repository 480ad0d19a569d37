package dev.isogloss.trainer.fetch;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.plan.step.Input;
import dev.isogloss.trainer.bucket.Bucket;
import dev.isogloss.trainer.bucket.BucketAddress;
import dev.isogloss.trainer.bucket.BucketSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Copies of the inputs that lie at `s3://`. Whether a file is what a step wants, and unchanged, is judged by its
/// reader, as for every other file.
public final class BucketInputs {
    private final Map<String, String> environment;
    private final Path scratch;
    private final Consumer<String> note;

    /// @param environment where buckets are, and with which keys; looked at only if there is something to fetch
    /// @param scratch     where copies lie; it may be lost at any time
    /// @param note        told what is fetched
    public BucketInputs(Map<String, String> environment, Path scratch, Consumer<String> note) {
        this.environment = environment;
        this.scratch = scratch;
        this.note = note;
    }

    /// The same locations with local folders for those inputs that lie in buckets.
    ///
    /// @param inputs what is fetched, and nothing else
    /// @throws InvalidInput if nothing lies at an address
    public Locations local(Collection<Input> inputs, Locations locations) {
        Map<String, Location> local = new TreeMap<>(locations.inputs());
        Set<String> fetched = new HashSet<>();
        for (Input input : inputs) {
            String name = input.locationName().orElse(null);
            Location location = input.in(locations).orElse(null);
            if (name == null || location == null || !isInBucket(location) || !fetched.add(name)) continue;
            local.put(
                    name,
                    switch (input) {
                        case Input.LabelledData _ -> files("The dataset", location, paths(locations.languages()));
                        case Input.PlainText _ -> files("The corpus", location, List.of());
                        case Input.Translations _ -> files("The translations", location, List.of());
                        case Input.Dictionary _ -> files("The dictionary", location, List.of());
                        case Input.PublishedEncoder(var encoder) -> encoder(encoder.name(), location);
                        case Input.StepOutput _ -> location;
                    });
        }
        return new Locations(local, locations.languages());
    }

    private static List<String> paths(List<LanguageFiles> languages) {
        return languages.stream()
                .map(LanguageFiles::path)
                .filter(Objects::nonNull)
                .toList();
    }

    /// @param others paths that stand for the end of the address, for some languages
    private Location files(String what, Location location, List<String> others) {
        String path = path(location);
        List<ObjectNamePattern> names = new ArrayList<>(List.of(new ObjectNamePattern(path)));
        for (String other : others) names.add(new ObjectNamePattern(base(path) + other));
        Mirror mirror = mirror(location);
        int found = 0;
        for (ObjectNamePattern each : names) found += fetch(mirror, each.prefix(), each.matcher());
        return arrived(what, location, mirror, found);
    }

    /// The constant start of a language's path: the folder of an address, or its part before the placeholders.
    private static String base(String path) {
        return path.matches(".*[{*].*") ? new ObjectNamePattern(path).prefix() : path + "/";
    }

    private Location encoder(String name, Location location) {
        String folder = path(location) + "/";
        Mirror mirror = mirror(location);
        int found = fetch(mirror, folder, object -> isOfEncoder(object.substring(folder.length())));
        return arrived("Encoder " + name, location, mirror, found);
    }

    /// True for files that are read of an encoder's folder; beside them there may be gigabytes of other formats.
    private static boolean isOfEncoder(String file) {
        return !file.contains("/")
                && (file.endsWith(".json")
                        || file.endsWith(".safetensors")
                        || file.endsWith(".safetensors.index.json"));
    }

    private int fetch(Mirror mirror, String prefix, Predicate<String> wanted) {
        try {
            return mirror.fetch(prefix, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Location arrived(String what, Location location, Mirror mirror, int found) {
        if (found == 0)
            throw new InvalidInput("%s is said to lie at %s, but nothing does. Correct the uri, or put the files there."
                    .formatted(what, location.uri()));
        Path local = mirror.folder().resolve(path(location));
        note.accept("%s: %d files of %s, in %s".formatted(what, found, location.uri(), mirror.folder()));
        return new Location(local.toString(), null, null, null);
    }

    private Mirror mirror(Location location) {
        String bucket = address(location).bucket();
        Path inputs = scratch.resolve(".inputs");
        return new Mirror(
                new Bucket(new BucketAddress(bucket, ""), BucketSettings.of(environment)),
                inputs.resolve(bucket).toAbsolutePath(),
                inputs.resolve(bucket + ".json").toAbsolutePath());
    }

    private static boolean isInBucket(Location location) {
        return location.uri() != null && BucketAddress.isOne(location.uri());
    }

    /// Below the bucket, without slashes at either end.
    private static String path(Location location) {
        return address(location).path();
    }

    private static BucketAddress address(Location location) {
        return BucketAddress.parse(Objects.requireNonNull(location.uri()));
    }
}
