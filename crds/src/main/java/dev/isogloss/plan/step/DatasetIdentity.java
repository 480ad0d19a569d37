package dev.isogloss.plan.step;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.data.Generated;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.schema.Bounds;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A dataset as far as a step reads it, without where it lies.
///
/// @param splits how splits are cut, by language; the key `""` holds for every language that is not named
public record DatasetIdentity(
        String name,
        String version,
        DataFormat format,
        @Nullable Fields fields,
        Map<String, Map<String, SplitSource>> splits,
        @Nullable Generated generated) {

    public DatasetIdentity {
        Bounds.notBlank("the dataset's name", name);
        Bounds.notBlank("the dataset's version", version);
        Map<String, Map<String, SplitSource>> copy = new TreeMap<>();
        splits.forEach((language, cuts) -> copy.put(language, Collections.unmodifiableMap(new TreeMap<>(cuts))));
        splits = Collections.unmodifiableMap(copy);
    }

    /// The cut of a split out of its file; empty where the split is a file of its own.
    public Optional<SplitSource> cut(String language, String split) {
        Map<String, SplitSource> own = splits.getOrDefault(language, Map.of());
        Map<String, SplitSource> common = splits.getOrDefault("", Map.of());
        return Optional.ofNullable(own.getOrDefault(split, common.get(split)));
    }

    /// The same dataset as far as one split of it is read.
    public DatasetIdentity only(String language, String split) {
        Map<String, Map<String, SplitSource>> cuts = cut(language, split)
                .map(cut -> Map.of(language, Map.of(split, cut)))
                .orElse(Map.of());
        return new DatasetIdentity(name, version, format, fields, cuts, generated);
    }
}
