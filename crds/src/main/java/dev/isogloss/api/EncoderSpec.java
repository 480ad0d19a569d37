package dev.isogloss.api;

import org.jspecify.annotations.Nullable;

/// The encoder an experiment starts from: published (`location`) or made here (`fromPretraining`), exactly one of the
/// two.
public record EncoderSpec(
        @Nullable String name,
        @Nullable String version,
        @Nullable Location location,
        @Nullable FromPretraining fromPretraining,
        int maxLength,
        Precision precision) {}
