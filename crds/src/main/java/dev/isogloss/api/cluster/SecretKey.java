package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Patterns;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// One entry of a Secret in the experiment's namespace.
public record SecretKey(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Patterns.DNS_NAME)
        @JsonPropertyDescription("Name of the Secret. Required.")
        String name,

        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Which entry of it. Required.")
        String key) {}
