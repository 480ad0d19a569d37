package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.plan.step.EncoderOrigin;

/// The names of published encoders: those that the manifest gives, or those in their hf:// addresses.
final class EncoderNames {
    private static final String HUB = "hf://";

    private EncoderNames() {}

    /// @param field where the encoder stands in the manifest
    /// @throws InvalidInput if neither says a name
    static EncoderOrigin.Published published(EncoderSpec encoder, String field) {
        String uri = encoder.location() == null ? null : encoder.location().uri();
        String hub = uri != null && uri.startsWith(HUB) ? uri.substring(HUB.length()) : null;
        String name = encoder.name();
        String version = encoder.version();
        if (hub != null) {
            int at = hub.lastIndexOf('@');
            if (name == null) name = at < 0 ? hub : hub.substring(0, at);
            if (version == null) version = at < 0 ? "main" : hub.substring(at + 1);
        }
        if (name == null)
            throw new InvalidInput(
                    field + ".name is missing. Name the encoder: only an hf:// location says its name itself.");
        return new EncoderOrigin.Published(name, version == null ? "1" : version);
    }
}
