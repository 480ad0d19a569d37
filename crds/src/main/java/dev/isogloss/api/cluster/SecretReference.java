package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;

/// A Secret in the experiment's namespace, all of it.
public record SecretReference(
        @Matches(Form.DnsName) @Meaning("Name of the Secret.")
        String name) {}
