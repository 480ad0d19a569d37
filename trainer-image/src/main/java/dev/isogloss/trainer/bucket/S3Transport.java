package dev.isogloss.trainer.bucket;

import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.http.RetryableStatus;
import dev.isogloss.trainer.http.RetryingClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Signed requests to a bucket, repeated where the connection or the server fails.
final class S3Transport {
    private static final int ATTEMPTS = 6;

    private final BucketAddress address;
    private final URI base;
    private final Signature signature;
    private final InstantSource clock;
    private final RetryingClient client;

    S3Transport(BucketAddress address, BucketSettings settings, InstantSource clock) {
        this.address = address;
        this.base = settings.base(address.bucket());
        this.signature = new Signature(settings.keys(), settings.region());
        this.clock = clock;
        this.client = new RetryingClient(
                HttpClient.Version.HTTP_1_1,
                new RetryingClient.Policy(ATTEMPTS, settings.pause(), settings.patience()));
    }

    /// A request.
    ///
    /// @param key   the object's name, or empty for the bucket
    /// @param query names and values, not encoded
    record Request(String method, String key, Map<String, String> query, Map<String, String> headers, byte[] body) {
        static Request of(String method, String key) {
            return new Request(method, key, Map.of(), Map.of(), new byte[0]);
        }
    }

    /// A response that may be better at the next attempt.
    private static final class RetryableResponse extends RetryableStatus {
        private static final long serialVersionUID = 1;
        private final transient S3Response response;

        RetryableResponse(S3Response response) {
            super(response.status(), response.headers());
            this.response = response;
        }
    }

    /// The bucket's response, whatever its status; one that may be better later only after all attempts.
    ///
    /// @throws BucketFailure if there was none
    S3Response send(Request request) {
        try {
            return client.retry(() -> {
                S3Response response = attempt(request);
                if (response.isRetryable()) throw new RetryableResponse(response);
                return response;
            });
        } catch (RetryableResponse last) {
            return last.response;
        } catch (IOException failure) {
            throw unreachable(failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BucketFailure("interrupted while waiting for " + address, e);
        }
    }

    private BucketFailure unreachable(IOException failure) {
        return new BucketFailure(
                ("%s could not be reached at %s in %d attempts: %s. Check AWS_ENDPOINT_URL and the network, and run the"
                                + " same command again: it goes on from what is in the bucket.")
                        .formatted(address, base, ATTEMPTS, RetryingClient.reason(failure)),
                failure);
    }

    /// Signed anew for each attempt, since a signature holds for some minutes.
    private S3Response attempt(Request request) throws IOException, InterruptedException {
        String path = base.getRawPath() + "/" + Signature.encode(request.key(), true);
        String query = query(request);
        TreeMap<String, String> headers = new TreeMap<>(request.headers());
        headers.put("host", host());
        SortedMap<String, String> signed =
                signature.sign(request.method(), path, query, headers, Sha256.of(request.body()), clock.instant());
        signed.remove("host"); // the client sends it by itself
        URI target = URI.create(
                base.getScheme() + "://" + base.getRawAuthority() + path + (query.isEmpty() ? "" : "?" + query));
        boolean hasBody = request.method().equals("PUT") || request.body().length > 0;
        HttpRequest.Builder builder = RetryingClient.request(target)
                .method(
                        request.method(),
                        hasBody ? BodyPublishers.ofByteArray(request.body()) : BodyPublishers.noBody());
        signed.forEach(builder::header);
        HttpResponse<byte[]> response = client.send(builder.build(), BodyHandlers.ofByteArray());
        return new S3Response(response.statusCode(), response.headers(), response.body());
    }

    private static String query(Request request) {
        return new TreeMap<>(request.query())
                .entrySet().stream()
                        .map(each ->
                                Signature.encode(each.getKey(), false) + "=" + Signature.encode(each.getValue(), false))
                        .collect(Collectors.joining("&"));
    }

    /// As the client will write it: without the port that the scheme means anyway.
    private String host() {
        int usual = base.getScheme().equals("https") ? 443 : 80;
        return base.getPort() == -1 || base.getPort() == usual ? base.getHost() : base.getHost() + ":" + base.getPort();
    }
}
