package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import io.fabric8.generator.annotation.Required;

/// One entry of a Secret in the experiment's namespace.
public record SecretKey(
        @Required @Matches(Form.DnsName) @JsonPropertyDescription("Name of the Secret. Required.")
        String name,

        @Required @Length(max = 253) @JsonPropertyDescription("Which entry of it. Required.")
        String key) {}
