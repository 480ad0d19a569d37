package dev.isogloss.api;

import org.jspecify.annotations.Nullable;

/// The shape of an encoder made from scratch: a preset, any part of which may be overridden.
public record Architecture(
        Family family,
        Preset preset,
        @Nullable Integer hidden,
        @Nullable Integer layers,
        @Nullable Integer heads,
        @Nullable Integer feedForward) {

    /// Which published model it is built like.
    public enum Family {
        Bert,
        Roberta
    }

    /// Tiny 2×128, Mini 4×256, Small 4×512, Base 12×768 (Turc et al., 2019).
    public enum Preset {
        Tiny,
        Mini,
        Small,
        Base
    }
}
