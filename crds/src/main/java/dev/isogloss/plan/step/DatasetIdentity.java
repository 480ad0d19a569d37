package dev.isogloss.plan.step;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.data.Generated;
import dev.isogloss.api.data.SplitSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a dataset is, without where it lies.
///
/// @param splits how splits are cut, by language; the key `""` holds for every language that is not named
public record DatasetIdentity(
        String name,
        String version,
        DataFormat format,
        @Nullable Fields fields,
        Map<String, Map<String, SplitSource>> splits,
        @Nullable Generated generated) {}
