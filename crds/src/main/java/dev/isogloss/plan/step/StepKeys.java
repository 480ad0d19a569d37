package dev.isogloss.plan.step;

import dev.isogloss.json.CanonicalJson;
import dev.isogloss.json.Sha256;
import java.nio.charset.StandardCharsets;

/// From specs to keys.
public final class StepKeys {
    private StepKeys() {}

    /// SHA-256 of the spec's canonical JSON in UTF-8.
    public static StepKey of(StepSpec spec) {
        return new StepKey(Sha256.of(CanonicalJson.of(spec).getBytes(StandardCharsets.UTF_8)));
    }
}
