package dev.isogloss.trainer.bucket;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.http.ServerAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The address of buckets and the keys for them, by the same environment variables as other tools of S3.
///
/// @param endpoint  AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL: a server of one's own; by default Amazon's of the region
/// @param region    AWS_REGION or AWS_DEFAULT_REGION, by default us-east-1
/// @param pathStyle AWS_S3_FORCE_PATH_STYLE: the bucket is the first folder of the path and no part of the host's name;
///                  by default so for endpoints of one's own
/// @param keys      AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for keys that expire, AWS_SESSION_TOKEN
/// @param pause     before the first repetition of a failed request; doubled each time
/// @param patience  with a request of which nothing arrives; it carries at most [#partBytes]
/// @param partBytes larger objects travel in parts of this size; at least 5 MiB
public record BucketSettings(
        Optional<URI> endpoint,
        String region,
        boolean pathStyle,
        AccessKeys keys,
        Duration pause,
        Duration patience,
        int partBytes) {
    private static final int PART = 32 << 20;

    /// Credentials of the requests.
    ///
    /// @param token only for keys that expire
    public record AccessKeys(
            String id, String secret, @Nullable String token) {
        private static final int SHOWN = 4;

        /// Secrets stay out of logs and statuses. The id is one as well where both entries of a Secret were exchanged:
        /// its end is enough to tell keys apart.
        @Override
        public String toString() {
            return id.length() > 2 * SHOWN ? "the key ending in " + id.substring(id.length() - SHOWN) : "the key";
        }

        /// A sentence of a server, which may quote the id.
        String without(String sentence) {
            return sentence.replace(id, "...");
        }
    }

    /// @throws InvalidInput if there are no keys, or the endpoint is no address
    public static BucketSettings of(Map<String, String> environment) {
        Optional<URI> endpoint = value(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
                .map(text -> ServerAddress.parse("AWS_ENDPOINT_URL", text, "https://minio.example:9000"));
        return new BucketSettings(
                endpoint,
                value(environment, "AWS_REGION", "AWS_DEFAULT_REGION").orElse("us-east-1"),
                value(environment, "AWS_S3_FORCE_PATH_STYLE")
                        .map(text -> text.equalsIgnoreCase("true"))
                        .orElse(endpoint.isPresent()),
                keys(environment),
                Duration.ofMillis(500),
                Duration.ofMinutes(3),
                PART);
    }

    private static AccessKeys keys(Map<String, String> environment) {
        Optional<String> id = value(environment, "AWS_ACCESS_KEY_ID");
        Optional<String> secret = value(environment, "AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || secret.isEmpty())
            throw new InvalidInput(
                    ("%s is not set, and s3:// addresses need keys. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                                    + " (and AWS_ENDPOINT_URL for a server of your own); on a cluster, put them into a"
                                    + " Secret and name it: storage: {location: {uri: s3://...}, secretRef: {name:"
                                    + " SECRET}}.")
                            .formatted(id.isEmpty() ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY"));
        return new AccessKeys(
                id.get(), secret.get(), value(environment, "AWS_SESSION_TOKEN").orElse(null));
    }

    private static Optional<String> value(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) return Optional.of(value);
        }
        return Optional.empty();
    }

    /// The common start of the addresses of a bucket's objects, without slash at the end.
    URI base(String bucket) {
        URI host = endpoint.orElseGet(() -> URI.create("https://s3.%s.amazonaws.com".formatted(region)));
        return pathStyle
                ? URI.create(host + "/" + bucket)
                : URI.create(host.toString().replaceFirst("://", "://" + bucket + "."));
    }
}
