package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.plan.step.EncoderOrigin;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /// The folders of published encoders by their names.
    ///
    /// @param encoders by the field where each stands in the manifest
    /// @throws InvalidInput if one name stands for two folders
    static Map<String, Location> locations(Map<String, EncoderSpec> encoders) {
        Map<String, Location> locations = new LinkedHashMap<>();
        encoders.forEach((field, encoder) -> {
            Location location = encoder.location();
            if (location == null) return;
            String name = published(encoder, field).name();
            Location other = locations.putIfAbsent(name, location);
            if (other != null && !other.equals(location))
                throw new InvalidInput(
                        ("%s.name is %s, which is the name of another model's encoder that lies elsewhere."
                                        + " Give the encoders names of their own.")
                                .formatted(field, name));
        });
        return locations;
    }
}
