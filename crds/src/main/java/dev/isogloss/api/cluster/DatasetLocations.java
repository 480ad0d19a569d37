package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.schema.KeyedBy;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a step finds what it reads.
public record DatasetLocations(
        @JsonPropertyDescription("The labelled data.") @Nullable
        Location data,

        @Size(min = 1, max = 128)
        @KeyedBy("language")
        @JsonPropertyDescription("Languages whose files lie elsewhere.")
        @Nullable
        List<LanguageFiles> languages,

        @JsonPropertyDescription("The plain text.") @Nullable
        Location corpus,

        @JsonPropertyDescription("The translation pairs.") @Nullable
        Location pairs,

        @JsonPropertyDescription("The published encoder.") @Nullable
        Location encoder) {}
