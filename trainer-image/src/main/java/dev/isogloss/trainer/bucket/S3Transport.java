package dev.isogloss.trainer.bucket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The line to a bucket: signs requests, sends them, and begins again when the line or the server falters.
final class S3Transport {
    private static final int ATTEMPTS = 6;

    private final BucketAddress address;
    private final BucketSettings settings;
    private final URI base;
    private final Signature signature;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // a signature holds for one host
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    S3Transport(BucketAddress address, BucketSettings settings, InstantSource clock) {
        this.address = address;
        this.settings = settings;
        this.base = settings.base(address.bucket());
        this.signature = new Signature(settings.keys(), settings.region());
        this.clock = clock;
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

    /// The bucket's answer, whatever it is; answers that may be better next time only after some more tries.
    ///
    /// @throws BucketFailure if there was none
    S3Response send(Request request) {
        for (int attempt = 1; ; attempt++) {
            @Nullable IOException failure = null;
            try {
                S3Response answer = once(request);
                if (!answer.mayPass() || attempt == ATTEMPTS) return answer;
            } catch (IOException e) {
                failure = e;
            }
            if (failure != null && attempt == ATTEMPTS) throw unreachable(failure);
            pause(settings.pause().multipliedBy(1L << (attempt - 1)));
        }
    }

    private BucketFailure unreachable(IOException failure) {
        return new BucketFailure(
                ("%s could not be reached at %s in %d attempts: %s. Check AWS_ENDPOINT_URL and the network, and run the"
                                + " same command again: it goes on from what is in the bucket.")
                        .formatted(address, base, ATTEMPTS, reason(failure)),
                failure);
    }

    /// The JDK says nothing at all of a host it cannot find.
    private static String reason(IOException failure) {
        String message = failure.getMessage();
        if (message != null && !message.isBlank()) return message;
        return failure instanceof ConnectException
                ? "no connection (nothing listens there, or no host has this name)"
                : failure.getClass().getSimpleName();
    }

    private S3Response once(Request request) throws IOException {
        String path = base.getRawPath() + "/" + Signature.encode(request.key(), true);
        String query = new TreeMap<>(request.query())
                .entrySet().stream()
                        .map(each ->
                                Signature.encode(each.getKey(), false) + "=" + Signature.encode(each.getValue(), false))
                        .collect(Collectors.joining("&"));
        TreeMap<String, String> headers = new TreeMap<>(request.headers());
        headers.put("host", host());
        SortedMap<String, String> signed = signature.sign(
                request.method(), path, query, headers, Signature.sha256(request.body()), clock.instant());
        signed.remove("host"); // the client sends it by itself
        URI target = URI.create(
                base.getScheme() + "://" + base.getRawAuthority() + path + (query.isEmpty() ? "" : "?" + query));
        HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                .method(
                        request.method(),
                        request.method().equals("PUT") || request.body().length > 0
                                ? BodyPublishers.ofByteArray(request.body())
                                : BodyPublishers.noBody())
                .header("User-Agent", "isogloss");
        signed.forEach(builder::header);
        HttpResponse<byte[]> response = patiently(http.sendAsync(builder.build(), BodyHandlers.ofByteArray()));
        return new S3Response(response.statusCode(), response.headers(), response.body());
    }

    /// As the client will write it: without the port that the scheme means anyway.
    private String host() {
        int usual = base.getScheme().equals("https") ? 443 : 80;
        return base.getPort() == -1 || base.getPort() == usual ? base.getHost() : base.getHost() + ":" + base.getPort();
    }

    /// A line that has gone silent says nothing of it by itself.
    private HttpResponse<byte[]> patiently(CompletableFuture<HttpResponse<byte[]>> answer) throws IOException {
        try {
            return answer.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            answer.cancel(true);
            throw new IOException(
                    "no answer in %d s".formatted(settings.patience().toSeconds()), silent);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BucketFailure("interrupted while waiting for " + address, e);
        }
    }

    private void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BucketFailure("interrupted while waiting for " + address, e);
        }
    }
}
