package dev.isogloss.api.cluster;

import dev.isogloss.api.data.Location;
import dev.isogloss.api.schema.Meaning;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The store of the results of steps.
@ValidationRule(
        value = "!has(self.location.generated)",
        message = "a store cannot be generated; give claim or uri",
        fieldPath = ".location.generated")
@ValidationRule(
        value = "!has(self.location.uri) || self.location.uri.startsWith('s3://') || "
                + "self.location.uri.startsWith('file://')",
        message =
                "a store is a claim, a bucket (uri: s3://BUCKET/FOLDER) or, on a laptop, a folder (uri: file:///FOLDER)",
        fieldPath = ".location.uri")
@ValidationRule(
        value = "!has(self.location.uri) || !self.location.uri.startsWith('s3://') || "
                + "self.location.uri.matches('^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^/]+)*/?$')",
        message = "write s3://BUCKET/FOLDER; BUCKET has 3 to 63 lower-case letters, digits, dots and hyphens",
        fieldPath = ".location.uri")
@ValidationRule(
        value = "!has(self.secretRef) || (has(self.location.uri) && self.location.uri.startsWith('s3://'))",
        message = "secretRef holds the keys of a bucket: it goes with a location whose uri is s3://BUCKET/FOLDER",
        fieldPath = ".secretRef")
public record Storage(
        @Meaning("A claim or a uri (file:// on a laptop, s3:// anywhere).")
        Location location,

        @Meaning("The Secret with the keys of an s3:// location; every entry becomes an environment variable of the "
                + "trainer: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_ENDPOINT_URL, AWS_REGION, "
                + "AWS_SESSION_TOKEN or AWS_S3_FORCE_PATH_STYLE where needed. A laptop's own environment is used "
                + "there.")
        @Nullable
        SecretReference secretRef) {

    /// A store that needs no keys.
    public Storage(Location location) {
        this(location, null);
    }
}
