package dev.isogloss.api.cluster;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Matches;

/// A Secret in the experiment's namespace, all of it.
public record SecretReference(
        @Matches(Form.DnsName) @JsonPropertyDescription("Name of the Secret.")
        String name) {}
