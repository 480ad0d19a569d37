package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;

/// One entry of a Secret in the experiment's namespace.
public record SecretKey(
        @Matches(Form.DnsName) @Meaning("Name of the Secret.")
        String name,

        @Length(max = 253) @Meaning("Which entry of it.") String key) {}
