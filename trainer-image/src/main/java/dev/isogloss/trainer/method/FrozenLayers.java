package dev.isogloss.trainer.method;

import dev.isogloss.trainer.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Parameters without those that stay as they are.
public final class FrozenLayers {
    private FrozenLayers() {}

    /// @param layers the lowest layers that stay
    public static SequencedMap<String, Tensor> without(
            SequencedMap<String, Tensor> all, int layers, boolean embeddings) {
        SequencedMap<String, Tensor> left = new LinkedHashMap<>(all);
        left.keySet().removeIf(name -> embeddings && name.startsWith("embeddings."));
        for (int layer = 0; layer < layers; layer++) {
            String prefix = "encoder.layer." + layer + ".";
            left.keySet().removeIf(name -> name.startsWith(prefix));
        }
        return left;
    }
}
