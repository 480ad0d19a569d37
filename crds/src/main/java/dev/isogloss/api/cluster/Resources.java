package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Quantities;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The resources that a container asks for.
public record Resources(
        @Keys(max = 16, length = 253)
        @Quantities
        @Meaning("What is set aside: cpu, memory, ephemeral-storage, or an extended resource. Without it: what limits "
                + "says.")
        @Nullable
        Map<String, String> requests,

        @Keys(max = 16, length = 253)
        @Quantities
        @Meaning("What it may use at most, GPUs included: nvidia.com/gpu: 1.")
        @Nullable
        Map<String, String> limits) {}
