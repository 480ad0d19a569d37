package dev.isogloss.trainer.bucket;

import java.net.http.HttpHeaders;
import java.util.Optional;

/// What a bucket answered.
record S3Response(int status, HttpHeaders headers, byte[] body) {

    boolean isGood() {
        return status / 100 == 2;
    }

    /// S3's own word for what is wrong: `NoSuchKey`. Empty where there is no body to hold it.
    String code() {
        return S3Xml.of(body).first("Code").orElse("");
    }

    String message() {
        return S3Xml.of(body).first("Message").orElse("");
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /// The same request may fare better in a moment.
    boolean mayPass() {
        return status >= 500 && status != 501
                || status == 429
                || status == 408
                || code().equals("RequestTimeout")
                || code().equals("SlowDown")
                || (status == 409 && code().equals("ConditionalRequestConflict"));
    }
}
