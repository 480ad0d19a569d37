package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;

/// One entry of a Secret in the experiment's namespace.
public record SecretKey(
        @Matches(Form.DnsName) @JsonPropertyDescription("Name of the Secret.")
        String name,

        @Length(max = 253) @JsonPropertyDescription("Which entry of it.")
        String key) {}
