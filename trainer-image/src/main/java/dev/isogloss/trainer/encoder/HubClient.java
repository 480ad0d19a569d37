package dev.isogloss.trainer.encoder;

import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// The hub's HTTP side: what a file is (HEAD) and its bytes (GET, in as many pieces as the line allows).
final class HubClient {

    private static final int ATTEMPTS = 5;
    private static final int REDIRECTS = 5;
    private static final int BUFFER = 1 << 20;

    /// @param etag of the contents: their SHA-256 for large files, some other name for small ones
    /// @param size in bytes, -1 if the hub does not say
    record Remote(URI address, String commit, String etag, long size) {}

    private final HubSettings settings;
    private final Hub.Progress progress;
    private final AtomicLong received = new AtomicLong();
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER) // or the token would travel along
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    HubClient(HubSettings settings, Hub.Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /// What the hub knows about a file of a model; empty if there is no such file, revision or model.
    Optional<Remote> find(HubReference reference, String file) {
        URI address = URI.create("%s/%s/resolve/%s/%s"
                .formatted(
                        settings.endpoint(),
                        reference.repository(),
                        reference.revision().replace("/", "%2F"),
                        file));
        HttpResponse<Void> response = persistently(address, () -> {
            HttpResponse<Void> answer = send(address, "HEAD", 0, BodyHandlers.discarding());
            refuseUnlessAllowed(answer.statusCode(), reference, file);
            return answer;
        });
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        String commit = header(response, "X-Repo-Commit").orElse("");
        String etag = header(response, "X-Linked-Etag")
                .or(() -> header(response, "ETag"))
                .map(text -> text.replaceFirst("^W/", "").replace("\"", ""))
                .orElse("");
        if (!commit.matches("[0-9a-f]{40}") || !etag.matches("[A-Za-z0-9_-]+")) {
            throw new InvalidInput(("%s does not answer like a hub of models: for %s it sent the commit '%s' and the"
                            + " ETag '%s'. Check HF_ENDPOINT.")
                    .formatted(settings.endpoint(), address, commit, etag));
        }
        long size = header(response, "X-Linked-Size")
                .or(() -> response.statusCode() == 200 ? header(response, "Content-Length") : Optional.empty())
                .map(Long::parseLong)
                .orElse(-1L);
        return Optional.of(new Remote(address, commit, etag, size));
    }

    private void refuseUnlessAllowed(int status, HubReference reference, String file) throws IOException {
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
            throw new IOException("status " + status);
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
        persistently(remote.address(), () -> {
            if (!isWhole(partial, remote)) {
                append(remote, file, partial);
            }
            return partial;
        });
        if (remote.etag().matches("[0-9a-f]{64}")) {
            String actual = sha256(partial);
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
            int status = followed(remote.address(), have, info -> {
                boolean goesOn = info.statusCode() == 206;
                return goesOn || info.statusCode() == 200
                        ? receiver(out, goesOn ? have : 0, file, remote.size())
                        : BodySubscribers.discarding();
            });
            if (status == 416) {
                out.truncate(0);
                throw new IOException("the part that was there is longer than the file");
            }
            if (status != 200 && status != 206) {
                throw new IOException("status " + status);
            }
        }
        if (remote.size() >= 0 && Files.size(partial) < remote.size()) {
            throw new IOException("%d of %d bytes arrived".formatted(Files.size(partial), remote.size()));
        }
    }

    /// Writes every piece as it arrives, so that a line that breaks costs nothing that was received.
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
                received.addAndGet(bytes.length);
                progress.fetched(file, out.position(), of);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static boolean isWhole(Path partial, Remote remote) throws IOException {
        return remote.size() >= 0 && Files.exists(partial) && Files.size(partial) == remote.size();
    }

    /// The status of the answer at the end of all redirections.
    private int followed(URI address, long from, BodyHandler<Void> handler) throws IOException, InterruptedException {
        URI at = address;
        for (int i = 0; i < REDIRECTS; i++) {
            HttpResponse<Void> response = send(at, "GET", from, handler);
            Optional<String> location = header(response, "Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response.statusCode();
            }
            at = at.resolve(location.get());
        }
        throw new IOException("more than %d redirections".formatted(REDIRECTS));
    }

    private <T> HttpResponse<T> send(URI address, String method, long from, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("User-Agent", "isogloss");
        if (from > 0) {
            request.header("Range", "bytes=%d-".formatted(from));
        }
        if (settings.token() != null
                && address.getHost().equals(settings.endpoint().getHost())
                && address.getPort() == settings.endpoint().getPort()) {
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

    private interface Attempt<T> {
        T make() throws IOException, InterruptedException;
    }

    private <T> T persistently(URI address, Attempt<T> attempt) {
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

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
