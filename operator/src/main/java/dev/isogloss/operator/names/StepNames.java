package dev.isogloss.operator.names;

import dev.isogloss.api.cluster.Storage;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.StepKey;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Names of TrainingSteps and Jobs. The same work with the same store has the same name, so that two experiments
/// that need it share it; another store is another name.
public final class StepNames {
    private static final int KEY_DIGITS = 16;
    private static final int STORAGE_DIGITS = 8;

    private StepNames() {}

    /// `train-0f3c9e8a77b1d2c4-1a2b3c4d`: kind, key, storage.
    public static String of(String kind, StepKey key, Storage storage) {
        return "%s-%s-%s"
                .formatted(
                        kind.toLowerCase(Locale.ROOT),
                        key.hex().substring(0, KEY_DIGITS),
                        digest(CanonicalJson.of(storage)).substring(0, STORAGE_DIGITS));
    }

    /// SHA-256 of a text in lower-case hex.
    public static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
