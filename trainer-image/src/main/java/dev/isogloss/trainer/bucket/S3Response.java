package dev.isogloss.trainer.bucket;

import java.net.http.HttpHeaders;
import java.util.Optional;

/// The response of a bucket.
record S3Response(int status, HttpHeaders headers, byte[] body) {

    boolean isSuccess() {
        return status / 100 == 2;
    }

    /// S3's code for what is wrong, such as `NoSuchKey`. Empty where there is no body to hold it.
    String code() {
        return S3Xml.of(body).first("Code").orElse("");
    }

    String message() {
        return S3Xml.of(body).first("Message").orElse("");
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /// The same request may succeed in a moment.
    boolean isRetryable() {
        return status >= 500 && status != 501
                || status == 429
                || status == 408
                || code().equals("RequestTimeout")
                || code().equals("SlowDown")
                || (status == 409 && code().equals("ConditionalRequestConflict"));
    }
}
