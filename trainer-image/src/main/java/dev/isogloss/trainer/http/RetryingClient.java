package dev.isogloss.trainer.http;

import java.io.IOException;
import java.net.ConnectException;
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
import java.util.function.Function;
import java.util.function.Predicate;

/// An HTTP client that repeats what fails, gives up on silent connections, and follows redirections by the caller's
/// rule alone, since tokens and signatures hold for one host.
public final class RetryingClient {
    private static final int REDIRECTS = 5;

    private final Policy policy;
    private final HttpClient http;

    public RetryingClient(HttpClient.Version version, Policy policy) {
        this(version, policy, Connections.of(System.getenv()));
    }

    RetryingClient(HttpClient.Version version, Policy policy, Connections connections) {
        this.policy = policy;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(version)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(20));
        connections.configure(builder);
        this.http = builder.build();
    }

    /// The rules for repeating a request and for giving it up.
    ///
    /// @param attempts at most, at least 1
    /// @param pause    before the second attempt; doubled before each further one, and longer where the server asks
    /// for more by `Retry-After`, though not longer than `patience`
    /// @param patience with a connection on which nothing arrives
    public record Policy(int attempts, Duration pause, Duration patience) {
        public Policy {
            if (attempts < 1) throw new IllegalArgumentException("attempts is %d, not positive".formatted(attempts));
        }

        Duration pauseAfter(int attempt, IOException failure) {
            Duration pause = pause().multipliedBy(1L << (attempt - 1));
            Duration asked = failure instanceof RetryableStatus status ? status.retryAfter() : Duration.ZERO;
            Duration wait = asked.compareTo(patience) > 0 ? patience : asked;
            return wait.compareTo(pause) > 0 ? wait : pause;
        }
    }

    /// An action that is repeated as a whole: usually a request and the reading of its response.
    @FunctionalInterface
    public interface Attempt<T> {
        T make() throws IOException, InterruptedException;
    }

    /// The result of the first attempt that ends without an [IOException].
    ///
    /// @throws IOException that of the last attempt, if all failed
    public <T> T retry(Attempt<T> attempt) throws IOException, InterruptedException {
        for (int number = 1; ; number++) {
            try {
                return attempt.make();
            } catch (IOException failure) {
                if (number == policy.attempts()) throw failure;
                TimeUnit.MILLISECONDS.sleep(policy.pauseAfter(number, failure).toMillis());
            }
        }
    }

    /// A request to which method and further headers may be added.
    public static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("User-Agent", "isogloss");
    }

    /// One request and its response, whatever its status.
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        ArrivalCounter arrivals = new ArrivalCounter();
        CompletableFuture<HttpResponse<T>> response = http.sendAsync(request, arrivals.counted(handler));
        while (true) {
            long before = arrivals.count();
            try {
                return response.get(policy.patience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException silent) {
                if (arrivals.count() > before) continue;
                response.cancel(true);
                throw new IOException(
                        "nothing arrived for %d s".formatted(policy.patience().toSeconds()), silent);
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure.getCause());
            }
        }
    }

    /// Sends a request, and again wherever a response redirects it.
    ///
    /// @param request  for an address
    /// @param followed addresses to which a redirection is followed; the response that names another one is
    ///     the last
    /// @return all responses, in turn
    public <T> List<HttpResponse<T>> sendFollowing(
            URI address, Function<URI, HttpRequest> request, BodyHandler<T> handler, Predicate<URI> followed)
            throws IOException, InterruptedException {
        List<HttpResponse<T>> responses = new ArrayList<>();
        Optional<URI> next = Optional.of(address);
        while (next.isPresent()) {
            if (responses.size() > REDIRECTS) throw new IOException("more than %d redirections".formatted(REDIRECTS));
            HttpResponse<T> response = send(request.apply(next.get()), handler);
            responses.add(response);
            next = target(response).filter(followed);
        }
        return responses;
    }

    private static Optional<URI> target(HttpResponse<?> response) throws IOException {
        Optional<String> location = response.headers().firstValue("Location");
        if (response.statusCode() / 100 != 3 || location.isEmpty()) return Optional.empty();
        try {
            URI target = response.uri().resolve(location.get());
            if (target.getHost() != null) return Optional.of(target);
        } catch (IllegalArgumentException noAddress) {
            throw new IOException("it sends on to '%s', which is no address".formatted(location.get()), noAddress);
        }
        throw new IOException("it sends on to '%s', which is no address on the web".formatted(location.get()));
    }

    /// The reason in words; the JDK has none for a host it cannot find.
    public static String reason(IOException failure) {
        String message = failure.getMessage();
        if (message != null && !message.isBlank()) return message;
        return failure instanceof ConnectException
                ? "no connection (nothing listens there, or no host has this name)"
                : failure.getClass().getSimpleName();
    }
}
