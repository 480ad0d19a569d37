package dev.isogloss.trainer.hub;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.http.RetryableStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// A client of the hub: facts about a file (HEAD), and its bytes (GET, in as many pieces as the connection allows).
final class HubClient {

    /// @param etag of the contents: their SHA-256 for large files, some other name for small ones
    /// @param size in bytes, -1 if the hub does not say
    record Remote(URI address, String commit, String etag, long size) {}

    private final HubSettings settings;
    private final Hub.DownloadProgress progress;
    private final HubTransport transport;

    HubClient(HubSettings settings, Hub.DownloadProgress progress) {
        this.settings = settings;
        this.progress = progress;
        this.transport = new HubTransport(settings);
    }

    /// The hub's record of a file of a model; empty if there is no such file, revision or model.
    Optional<Remote> find(HubReference reference, String file) {
        URI address = URI.create("%s/%s/resolve/%s/%s"
                .formatted(
                        settings.endpoint(),
                        reference.repository(),
                        reference.revision().replace("/", "%2F"),
                        file));
        Responses responses = transport.retry(address, () -> head(address, reference, file));
        if (responses.last().statusCode() == 404) {
            return Optional.empty();
        }
        String commit = responses.latest("X-Repo-Commit").orElse("");
        String etag = responses
                .latest("X-Linked-Etag")
                .or(() -> header(responses.last(), "ETag"))
                .map(text -> text.replaceFirst("^W/", "").replace("\"", ""))
                .orElse("");
        if (!commit.matches("[0-9a-f]{40}") || !etag.matches("[A-Za-z0-9_-]+")) {
            throw new InvalidInput(("%s does not answer like a hub of models: for %s it sent the commit '%s' and the"
                            + " ETag '%s'. Check HF_ENDPOINT.")
                    .formatted(settings.endpoint(), address, commit, etag));
        }
        long size = responses
                .latest("X-Linked-Size")
                .or(() -> responses.last().statusCode() == 200
                        ? header(responses.last(), "Content-Length")
                        : Optional.empty())
                .map(Long::parseLong)
                .orElse(-1L);
        return Optional.of(new Remote(address, commit, etag, size));
    }

    /// The responses on the way to a file. The hub redirects from a model's old name to its new one, and from a small
    /// file to where that is cached. Where it redirects to another host, the bytes of a large file lie there, and
    /// headers of that host say nothing of the model.
    private record Responses(List<HttpResponse<Void>> responses) {
        HttpResponse<Void> last() {
            return responses.getLast();
        }

        Optional<String> latest(String name) {
            return responses.reversed().stream()
                    .flatMap(response -> header(response, name).stream())
                    .findFirst();
        }
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    private Responses head(URI address, HubReference reference, String file) throws IOException, InterruptedException {
        Responses responses = new Responses(transport.send("HEAD", address, 0, BodyHandlers.discarding(), this::isHub));
        refuseUnlessAllowed(responses.last(), reference, file);
        return responses;
    }

    private boolean isHub(URI address) {
        return transport.isEndpoint(address) || HubSettings.PUBLIC_HUB.getHost().equals(address.getHost());
    }

    private void refuseUnlessAllowed(HttpResponse<?> response, HubReference reference, String file) throws IOException {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw new InvalidInput(("The hub refuses %s of %s (status %d): the model is private or gated, or does not"
                            + " exist. Check the name; for a model you have access to, set HF_TOKEN%s.")
                    .formatted(
                            file,
                            reference,
                            status,
                            settings.token() == null ? "" : "; the one that is set does not do"));
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw new RetryableStatus(status, response.headers());
        }
        boolean known = status == 404 || (status >= 200 && status < 400);
        if (!known) {
            throw new InvalidInput("The hub answers status %d for %s of %s.".formatted(status, file, reference));
        }
    }

    /// Fetches a file to `blob`, beginning where an earlier attempt ended.
    ///
    /// @throws InvalidInput if what arrived is not what the hub promised
    void download(Remote remote, String file, Path blob) throws IOException {
        Path partial = blob.resolveSibling(blob.getFileName() + ".incomplete");
        transport.retry(remote.address(), () -> {
            if (!isWhole(partial, remote)) {
                append(remote, file, partial);
            }
            return partial;
        });
        if (remote.etag().matches("[0-9a-f]{64}")) {
            String actual = Sha256.of(partial);
            if (!actual.equals(remote.etag())) {
                Files.delete(partial);
                throw new InvalidInput(("%s arrived damaged: its SHA-256 is %s instead of %s. It was deleted; run the"
                                + " same command again. If that does not help, a proxy or mirror in between is at fault.")
                        .formatted(remote.address(), actual, remote.etag()));
            }
        }
        Files.move(partial, blob, StandardCopyOption.ATOMIC_MOVE);
    }

    private void append(Remote remote, String file, Path partial) throws IOException, InterruptedException {
        long have = Files.exists(partial) ? Files.size(partial) : 0;
        try (FileChannel out = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            BodyHandler<Void> handler = info -> {
                boolean goesOn = info.statusCode() == 206;
                return goesOn || info.statusCode() == 200
                        ? receiver(out, goesOn ? have : 0, file, remote.size())
                        : BodySubscribers.discarding();
            };
            HttpResponse<Void> response = transport
                    .send("GET", remote.address(), have, handler, _ -> true)
                    .getLast();
            int status = response.statusCode();
            if (status == 416) {
                out.truncate(0);
                throw new IOException("the part that was there is longer than the file");
            }
            if (status != 200 && status != 206) {
                throw new RetryableStatus(status, response.headers());
            }
        }
        if (remote.size() >= 0 && Files.size(partial) < remote.size()) {
            throw new IOException("%d of %d bytes arrived".formatted(Files.size(partial), remote.size()));
        }
    }

    /// Writes every piece as it arrives, so that a connection that breaks costs nothing that was received.
    private BodySubscriber<Void> receiver(FileChannel out, long at, String file, long of) {
        try {
            out.truncate(at);
            out.position(at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return BodySubscribers.ofByteArrayConsumer(piece -> piece.ifPresent(bytes -> {
            try {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                progress.fetched(file, out.position(), of);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static boolean isWhole(Path partial, Remote remote) throws IOException {
        return remote.size() >= 0 && Files.exists(partial) && Files.size(partial) == remote.size();
    }
}
