package dev.isogloss.operator.names;

import dev.isogloss.api.cluster.Storage;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.json.Sha256;
import dev.isogloss.plan.step.StepKey;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Names of TrainingSteps and Jobs. The same work with the same store has the same name, so that two experiments
/// that need it share it; another store is another name.
public final class StepNames {
    private static final int KEY_DIGITS = 16;
    private static final int STORAGE_DIGITS = 8;

    /// A pass names all steps of a plan, which have one storage: its digest was a third of a large run's pass.
    private static volatile @Nullable Digits last;

    private StepNames() {}

    /// `train-0f3c9e8a77b1d2c4-1a2b3c4d`: kind, key, storage.
    public static String of(String kind, StepKey key, Storage storage) {
        return kind.toLowerCase(Locale.ROOT) + "-" + key.hex().substring(0, KEY_DIGITS) + "-" + digits(storage);
    }

    private static String digits(Storage storage) {
        Digits known = last;
        if (known != null && known.storage.equals(storage)) return known.text;
        String text = digest(CanonicalJson.of(storage)).substring(0, STORAGE_DIGITS);
        last = new Digits(storage, text);
        return text;
    }

    private record Digits(Storage storage, String text) {}

    /// SHA-256 of a text in lower-case hex.
    public static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
