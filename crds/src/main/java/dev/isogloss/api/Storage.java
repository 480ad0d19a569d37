package dev.isogloss.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/// Where the steps leave what they make.
@ValidationRule(value = "!has(self.location.generated)", message = "a store cannot be generated; give claim or uri")
public record Storage(
        @Required @JsonPropertyDescription("A claim or a uri (file:// on a laptop, s3:// anywhere). Required.")
        Location location) {}
