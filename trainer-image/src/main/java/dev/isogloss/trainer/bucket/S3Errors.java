package dev.isogloss.trainer.bucket;

import dev.isogloss.api.InvalidInput;
import java.util.Set;

/// Exceptions for responses that refuse: what is wrong, and what the bucket's owner can do.
final class S3Errors {
    /// The last is versitygw's code for the first.
    private static final Set<String> KEYS = Set.of(
            "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidSecurity", "XAdminUserNotFound");

    private final BucketAddress address;
    private final BucketSettings settings;

    S3Errors(BucketAddress address, BucketSettings settings) {
        this.address = address;
        this.settings = settings;
    }

    /// @param purpose of the request, in words: "write steps/3f/result.json"
    RuntimeException of(S3Response response, String purpose) {
        String code = response.code();
        if (code.equals("NoSuchBucket")) return noBucket();
        if (code.equals("ExpiredToken")) return expired(response);
        if (KEYS.contains(code)) return wrongKeys(response);
        if (code.equals("RequestTimeTooSkewed")) return clock();
        if (isElsewhere(response)) return region(response);
        if (response.status() == 401 || response.status() == 403) return denied(response, purpose);
        if (response.isRetryable())
            return new BucketFailure("%s could not %s: it answered %s, again and again. Try later."
                    .formatted(address, purpose, described(response)));
        return new InvalidInput(("%s would not %s: it answered %s. Check that %s is a server that speaks S3.")
                .formatted(address, purpose, described(response), settings.base(address.bucket())));
    }

    private InvalidInput noBucket() {
        return new InvalidInput(
                ("There is no bucket \"%s\" at %s. Make it (aws s3 mb s3://%s), or correct the name in %s;"
                                + " AWS_ENDPOINT_URL says where buckets are looked for.")
                        .formatted(address.bucket(), settings.base(address.bucket()), address.bucket(), address));
    }

    private BucketFailure expired(S3Response response) {
        return new BucketFailure("The keys for %s have expired (%s). Set new ones and run the same command again."
                .formatted(address, described(response)));
    }

    private InvalidInput wrongKeys(S3Response response) {
        return new InvalidInput(
                ("%s does not accept %s: it answered %s. Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (on a"
                                + " cluster: the Secret that storage.secretRef names), and that AWS_ENDPOINT_URL, %s, is"
                                + " where they belong.")
                        .formatted(
                                address,
                                settings.keys(),
                                settings.keys().without(described(response)),
                                settings.endpoint().map(Object::toString).orElse("unset")));
    }

    private InvalidInput clock() {
        return new InvalidInput(
                "%s finds the clock of this machine too far from its own. Set the clock.".formatted(address));
    }

    private static boolean isElsewhere(S3Response response) {
        return response.status() == 301
                || response.status() == 307
                || response.code().equals("AuthorizationHeaderMalformed");
    }

    private InvalidInput region(S3Response response) {
        String other = response.header("x-amz-bucket-region")
                .or(() -> S3Xml.of(response.body()).first("Region"))
                .orElse("");
        return new InvalidInput("%s does not lie in region %s (%s). Set AWS_REGION%s."
                .formatted(
                        address,
                        settings.region(),
                        described(response),
                        other.isEmpty() ? " to the bucket's region" : "=" + other));
    }

    private InvalidInput denied(S3Response response, String purpose) {
        return new InvalidInput(
                ("%s does not let %s %s: it answered %s. The key needs the rights to list the bucket and to get, put"
                                + " and delete its objects (s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject,"
                                + " s3:AbortMultipartUpload).")
                        .formatted(
                                address,
                                settings.keys(),
                                purpose,
                                settings.keys().without(described(response))));
    }

    private static String described(S3Response response) {
        if (response.code().isEmpty()) return "status " + response.status();
        String message = response.message().replaceAll("\\s+", " ").replaceFirst("[.\\s]+$", "");
        return response.code() + (message.isEmpty() ? "" : ", \"" + message + "\"");
    }
}
