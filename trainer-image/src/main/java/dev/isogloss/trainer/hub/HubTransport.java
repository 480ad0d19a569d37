package dev.isogloss.trainer.hub;

import dev.isogloss.trainer.http.RetryingClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.List;
import java.util.function.Predicate;

/// Requests to the hub and to where it redirects; the hub alone sees the token.
final class HubTransport {
    private static final int ATTEMPTS = 5;

    private final HubSettings settings;
    private final RetryingClient client;

    HubTransport(HubSettings settings) {
        this.settings = settings;
        this.client = new RetryingClient(
                HttpClient.Version.HTTP_2, new RetryingClient.Policy(ATTEMPTS, settings.pause(), settings.patience()));
    }

    boolean isEndpoint(URI address) {
        URI endpoint = settings.endpoint();
        return address.getScheme().equals(endpoint.getScheme())
                && address.getHost().equals(endpoint.getHost())
                && address.getPort() == endpoint.getPort();
    }

    /// All responses on the way from an address to where it redirects.
    ///
    /// @param from     the first byte that is wanted, 0 for all
    /// @param followed addresses to which a redirection is followed
    List<HttpResponse<Void>> send(
            String method, URI address, long from, BodyHandler<Void> handler, Predicate<URI> followed)
            throws IOException, InterruptedException {
        return client.sendFollowing(address, target -> request(method, target, from), handler, followed);
    }

    private HttpRequest request(String method, URI address, long from) {
        HttpRequest.Builder request =
                RetryingClient.request(address).method(method, HttpRequest.BodyPublishers.noBody());
        if (from > 0) request.header("Range", "bytes=%d-".formatted(from));
        if (settings.token() != null && isEndpoint(address))
            request.header("Authorization", "Bearer " + settings.token());
        return request.build();
    }

    /// @throws HubFailure if all attempts failed
    <T> T retry(URI address, RetryingClient.Attempt<T> attempt) {
        try {
            return client.retry(attempt);
        } catch (IOException e) {
            throw new HubFailure(
                    "%s could not be fetched after %d attempts: %s."
                            .formatted(address, ATTEMPTS, RetryingClient.reason(e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubFailure("interrupted while fetching " + address, e);
        }
    }
}
