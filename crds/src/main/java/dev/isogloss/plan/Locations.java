package dev.isogloss.plan;

import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.Location;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the things lie that a plan names. None of this is in a key: data may move.
///
/// @param data      the dataset's files; null when the manifest has none
/// @param languages languages whose files lie elsewhere than `data` says
/// @param corpus    plain text for pretraining
/// @param pairs     translation pairs for pretraining
/// @param encoders  published encoders, by their name
/// @param storage   the store; null where the executor's default holds
public record Locations(
        @Nullable Location data,
        List<LanguageFiles> languages,
        @Nullable Location corpus,
        @Nullable Location pairs,
        Map<String, Location> encoders,
        @Nullable Location storage) {

    public Locations {
        languages = List.copyOf(languages);
        encoders = Map.copyOf(encoders);
    }
}
