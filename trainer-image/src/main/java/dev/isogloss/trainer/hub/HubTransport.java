package dev.isogloss.trainer.hub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Requests to the hub and to where it sends on: the token for the hub alone, patience while something arrives, and
/// another attempt where a connection breaks.
final class HubTransport {

    private static final int REDIRECTS = 5;
    private static final int ATTEMPTS = 5;

    private final HubSettings settings;
    private final AtomicLong received = new AtomicLong();
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER) // or the token would travel along
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    HubTransport(HubSettings settings) {
        this.settings = settings;
    }

    boolean isEndpoint(URI address) {
        URI endpoint = settings.endpoint();
        return address.getScheme().equals(endpoint.getScheme())
                && address.getHost().equals(endpoint.getHost())
                && address.getPort() == endpoint.getPort();
    }

    /// To be told of every piece that arrives.
    void arrived(int bytes) {
        received.addAndGet(bytes);
    }

    /// Asks, and asks on where an answer sends on to.
    ///
    /// @param from     the first byte that is wanted, 0 for all
    /// @param followed which addresses to ask; one that is not ends the list with the answer that named it
    /// @return all answers, in turn
    List<HttpResponse<Void>> inTurn(
            String method, URI address, long from, BodyHandler<Void> handler, Predicate<URI> followed)
            throws IOException, InterruptedException {
        List<HttpResponse<Void>> answers = new ArrayList<>();
        Optional<URI> next = Optional.of(address);
        while (next.isPresent()) {
            if (answers.size() > REDIRECTS) throw new IOException("more than %d redirections".formatted(REDIRECTS));
            HttpResponse<Void> answer = send(next.get(), method, from, handler);
            answers.add(answer);
            next = target(answer).filter(followed);
        }
        return answers;
    }

    private <T> HttpResponse<T> send(URI address, String method, long from, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", "isogloss");
        if (from > 0) {
            request.header("Range", "bytes=%d-".formatted(from));
        }
        if (settings.token() != null && isEndpoint(address)) {
            request.header("Authorization", "Bearer " + settings.token());
        }
        return patiently(http.sendAsync(request.build(), handler));
    }

    /// Waits as long as something arrives. A line that has gone silent says nothing of it by itself.
    private <T> HttpResponse<T> patiently(CompletableFuture<HttpResponse<T>> answer)
            throws IOException, InterruptedException {
        while (true) {
            long before = received.get();
            try {
                return answer.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                if (received.get() > before) continue;
                answer.cancel(true);
                throw new IOException(
                        "nothing arrived for %d s".formatted(settings.patience().toSeconds()));
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure.getCause());
            }
        }
    }

    private static Optional<URI> target(HttpResponse<?> answer) throws IOException {
        Optional<String> location = header(answer, "Location");
        if (answer.statusCode() / 100 != 3 || location.isEmpty()) return Optional.empty();
        try {
            URI target = answer.uri().resolve(location.get());
            if (target.getHost() != null) return Optional.of(target);
        } catch (IllegalArgumentException noAddress) {
            throw new IOException("it sends on to '%s', which is no address".formatted(location.get()), noAddress);
        }
        throw new IOException("it sends on to '%s', which is no address on the web".formatted(location.get()));
    }

    static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    interface Attempt<T> {
        T make() throws IOException, InterruptedException;
    }

    <T> T persistently(URI address, Attempt<T> attempt) {
        long pause = settings.pause().toMillis();
        for (int i = 1; ; i++) {
            try {
                return attempt.make();
            } catch (IOException e) {
                if (i == ATTEMPTS) {
                    throw new HubFailure(
                            "%s could not be fetched after %d attempts: %s."
                                    .formatted(address, ATTEMPTS, e.getMessage() == null ? e : e.getMessage()),
                            e);
                }
                waitBeforeTryingAgain(pause << (i - 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new HubFailure("interrupted while fetching " + address, e);
            }
        }
    }

    private static void waitBeforeTryingAgain(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
