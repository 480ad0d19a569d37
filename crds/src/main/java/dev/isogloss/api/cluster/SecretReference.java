package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// A Secret in the experiment's namespace, all of it.
public record SecretReference(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Patterns.DNS_NAME)
        @JsonPropertyDescription("Name of the Secret. Required.")
        String name) {}
