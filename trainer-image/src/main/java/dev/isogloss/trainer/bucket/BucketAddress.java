package dev.isogloss.trainer.bucket;

import dev.isogloss.api.InvalidInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `s3://bucket/some/prefix`.
///
/// @param prefix what the names of all objects begin with: empty, or with a slash at its end
public record BucketAddress(String bucket, String prefix) {
    private static final String SCHEME = "s3://";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern FORM = Pattern.compile("s3://([^/]+)/*(.*?)/*");

    public static boolean isOne(String address) {
        return address.startsWith(SCHEME);
    }

    /// @throws InvalidInput if the address names no bucket
    public static BucketAddress parse(String address) {
        Matcher parts = FORM.matcher(address);
        if (!parts.matches() || !BUCKET.matcher(parts.group(1)).matches())
            throw new InvalidInput(
                    ("%s is no address of a bucket. Write s3://BUCKET/FOLDER, where BUCKET has 3 to 63 lower-case"
                                    + " letters, digits, dots and hyphens.")
                            .formatted(address));
        if (parts.group(2).contains("//") || (parts.group(2) + "/").matches("(.*/)?\\.\\.?/.*"))
            throw new InvalidInput("%s holds an empty folder, . or ..; write the folder as it is.".formatted(address));
        return new BucketAddress(parts.group(1), parts.group(2).isEmpty() ? "" : parts.group(2) + "/");
    }

    /// The prefix without a slash at its end.
    public String path() {
        return prefix.replaceFirst("/$", "");
    }

    /// The same address without a slash at its end.
    @Override
    public String toString() {
        return (SCHEME + bucket + "/" + prefix).replaceFirst("/$", "");
    }
}
