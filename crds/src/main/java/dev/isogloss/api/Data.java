package dev.isogloss.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The labelled data of an experiment.
public record Data(
        String name,
        String version,
        DataFormat format,
        Location location,
        @Nullable Fields fields,
        @Nullable Map<String, SplitSource> splits,
        @Nullable List<LanguageFiles> languages) {}
