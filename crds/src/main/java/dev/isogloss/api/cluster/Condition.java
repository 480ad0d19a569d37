package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Limits;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// One aspect of a resource's state, in Kubernetes' form.
public record Condition(
        @Required @Length(max = 316) @Meaning("Which aspect. Required.")
        String type,

        @Required @Length(max = 16) @Meaning("True, False or Unknown. Required.")
        String status,

        @Range(min = 0, max = Limits.SEED) @Meaning("Generation of the spec that it speaks of.") @Nullable
        Long observedGeneration,

        @Required @Length(max = 40) @Meaning("When status last changed. Required.")
        String lastTransitionTime,

        @Required @Length(max = 1024) @Meaning("One word for programs. Required.")
        String reason,

        @Required @Length(min = 0, max = 4096) @Meaning("A sentence for people. Required.")
        String message) {}
