package dev.isogloss.plan.step;

import dev.isogloss.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// From specs to keys.
public final class StepKeys {
    private StepKeys() {}

    /// SHA-256 of the spec's canonical JSON in UTF-8.
    public static StepKey of(StepSpec spec) {
        try {
            byte[] canonical = CanonicalJson.of(spec).getBytes(StandardCharsets.UTF_8);
            return new StepKey(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
