package dev.isogloss.api.cluster;

import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.schema.Items;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.Default;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The locations of what a plan or one of its steps reads. They are in no key: data may move.
public record Locations(
        @Keys(max = 64, length = 1056)
        @Default("{}")
        @Meaning("Where its inputs lie, by name: data, corpus, pairs, dictionary, and encoder/NAME for a published "
                + "encoder.")
        Map<String, Location> inputs,

        @Items(min = 0, max = 128, keyedBy = "language")
        @Default("[]")
        @Meaning("Languages whose files lie elsewhere than those of data. Default [].")
        List<LanguageFiles> languages) {
    public static final Locations NONE = new Locations(Map.of(), List.of());

    /// @param inputs    null: none, as an API server without this default gives it
    /// @param languages null: none
    public Locations(@Nullable Map<String, Location> inputs, @Nullable List<LanguageFiles> languages) {
        this.inputs = Collections.unmodifiableMap(
                new TreeMap<>(Objects.requireNonNullElse(inputs, Map.<String, Location>of())));
        this.languages = List.copyOf(Objects.requireNonNullElse(languages, List.<LanguageFiles>of()));
    }

    /// The volume claims among the locations.
    public SortedSet<String> claims() {
        SortedSet<String> claims = new TreeSet<>();
        for (Location location : inputs.values()) if (location.claim() != null) claims.add(location.claim());
        return claims;
    }
}
