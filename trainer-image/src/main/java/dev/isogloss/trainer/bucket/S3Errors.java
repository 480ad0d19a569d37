package dev.isogloss.trainer.bucket;

import dev.isogloss.api.InvalidInput;
import java.util.Set;

/// What a bucket's refusals mean to the person whose bucket it is.
final class S3Errors {
    /// The last is versitygw's word for the first.
    private static final Set<String> KEYS = Set.of(
            "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidSecurity", "XAdminUserNotFound");

    private final BucketAddress address;
    private final BucketSettings settings;

    S3Errors(BucketAddress address, BucketSettings settings) {
        this.address = address;
        this.settings = settings;
    }

    /// @param asked what for, in words: "write steps/3f/result.json"
    RuntimeException of(S3Response answer, String asked) {
        String code = answer.code();
        if (code.equals("NoSuchBucket")) return noBucket();
        if (code.equals("ExpiredToken")) return expired(answer);
        if (KEYS.contains(code)) return wrongKeys(answer);
        if (code.equals("RequestTimeTooSkewed")) return clock();
        if (isElsewhere(answer)) return region(answer);
        if (answer.status() == 401 || answer.status() == 403) return denied(answer, asked);
        if (answer.mayPass())
            return new BucketFailure("%s could not %s: it answered %s, again and again. Try later."
                    .formatted(address, asked, said(answer)));
        return new InvalidInput(("%s would not %s: it answered %s. Check that %s is a server that speaks S3.")
                .formatted(address, asked, said(answer), settings.base(address.bucket())));
    }

    private InvalidInput noBucket() {
        return new InvalidInput(
                ("There is no bucket \"%s\" at %s. Make it (aws s3 mb s3://%s), or correct the name in %s;"
                                + " AWS_ENDPOINT_URL says where buckets are looked for.")
                        .formatted(address.bucket(), settings.base(address.bucket()), address.bucket(), address));
    }

    private BucketFailure expired(S3Response answer) {
        return new BucketFailure("The keys for %s have expired (%s). Set new ones and run the same command again."
                .formatted(address, said(answer)));
    }

    private InvalidInput wrongKeys(S3Response answer) {
        return new InvalidInput(
                ("%s does not accept %s: it answered %s. Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (on a"
                                + " cluster: the Secret that storage.secretRef names), and that AWS_ENDPOINT_URL, %s, is"
                                + " where they belong.")
                        .formatted(
                                address,
                                settings.keys(),
                                said(answer),
                                settings.endpoint().map(Object::toString).orElse("unset")));
    }

    private InvalidInput clock() {
        return new InvalidInput(
                "%s finds the clock of this machine too far from its own. Set the clock.".formatted(address));
    }

    private static boolean isElsewhere(S3Response answer) {
        return answer.status() == 301 || answer.status() == 307 || answer.code().equals("AuthorizationHeaderMalformed");
    }

    private InvalidInput region(S3Response answer) {
        String other = answer.header("x-amz-bucket-region")
                .or(() -> S3Xml.of(answer.body()).first("Region"))
                .orElse("");
        return new InvalidInput("%s does not lie in region %s (%s). Set AWS_REGION%s."
                .formatted(
                        address,
                        settings.region(),
                        said(answer),
                        other.isEmpty() ? " to the bucket's region" : "=" + other));
    }

    private InvalidInput denied(S3Response answer, String asked) {
        return new InvalidInput(
                ("%s does not let %s %s: it answered %s. The key needs the rights to list the bucket and to get, put"
                                + " and delete its objects (s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject,"
                                + " s3:AbortMultipartUpload).")
                        .formatted(address, settings.keys(), asked, said(answer)));
    }

    private static String said(S3Response answer) {
        if (answer.code().isEmpty()) return "status " + answer.status();
        String message = answer.message().replaceAll("\\s+", " ").replaceFirst("[.\\s]+$", "");
        return answer.code() + (message.isEmpty() ? "" : ", \"" + message + "\"");
    }
}
