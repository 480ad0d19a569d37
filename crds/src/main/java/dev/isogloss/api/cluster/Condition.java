package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Limits;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// One aspect of a resource's state, in Kubernetes' form.
public record Condition(
        @Required @Size(min = 1, max = 316) @JsonPropertyDescription("Which aspect. Required.")
        String type,

        @Required @Size(min = 1, max = 16) @JsonPropertyDescription("True, False or Unknown. Required.")
        String status,

        @Min(0) @Max(Limits.SEED) @JsonPropertyDescription("Generation of the spec that it speaks of.") @Nullable
        Long observedGeneration,

        @Required @Size(min = 1, max = 40) @JsonPropertyDescription("When status last changed. Required.")
        String lastTransitionTime,

        @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("One word for programs. Required.")
        String reason,

        @Required @Size(min = 0, max = 4096) @JsonPropertyDescription("A sentence for people. Required.")
        String message) {}
