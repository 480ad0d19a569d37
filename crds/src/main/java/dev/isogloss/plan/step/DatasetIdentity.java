package dev.isogloss.plan.step;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.data.Generated;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.schema.Bounds;
import java.util.Collections;
import java.util.Map;
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
}
