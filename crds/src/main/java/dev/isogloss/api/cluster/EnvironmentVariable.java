package dev.isogloss.api.cluster;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// An environment variable of the trainer's container.
@ValidationRule(
        value = "has(self.value) != has(self.secret)",
        message = "give the variable exactly one of value and secret")
public record EnvironmentVariable(
        @Matches(Form.EnvironmentVariable) @Meaning("Its name.")
        String name,

        @Length(min = 0, max = 4096) @Meaning("Its value; exactly one of value and secret.") @Nullable
        String value,

        @Meaning("The key of a Secret that holds its value.") @Nullable
        SecretKey secret) {}
