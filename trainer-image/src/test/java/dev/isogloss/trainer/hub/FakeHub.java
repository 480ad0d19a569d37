package dev.isogloss.trainer.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.isogloss.json.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// One model on a hub of our own, under its name and under one that it had before: small files by a redirection to the
/// hub's own cache, large ones by one to a second server, the old name by one to the new, as the real hub does;
/// connections that break and everything else that may go wrong on order.
public final class FakeHub implements AutoCloseable {

    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static final String CACHE = "/api/resolve-cache/models/lab/encoder/" + COMMIT + "/";

    private final HttpServer hub = start();
    private final HttpServer fileStore = start();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> etags = new ConcurrentHashMap<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final List<String> tokensAtFileStore = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger downloads = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int cutAfter;
    private volatile boolean silent;
    private volatile String token = "";

    public FakeHub() throws IOException {
        hub.createContext("/", exchange -> answer(exchange, this::resolve));
        fileStore.createContext("/", exchange -> answer(exchange, this::store));
        hub.start();
        fileStore.start();
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://localhost:" + hub.getAddress().getPort());
    }

    public void publish(String name, byte[] bytes) {
        files.put(name, bytes);
        etags.put(name, sha256(bytes).substring(0, 40));
    }

    public void publishLarge(String name, byte[] bytes) {
        files.put(name, bytes);
        etags.put(name, sha256(bytes));
    }

    /// Sends other bytes than the ones whose checksum is promised.
    void deliver(String name, byte[] bytes) {
        files.put(name, bytes);
    }

    public void withdraw(String name) {
        files.remove(name);
    }

    void cutAfter(int bytes, int times) {
        cutAfter = bytes;
        cuts.set(times);
    }

    /// After so many bytes nothing comes any more, but the connection stays.
    void fallSilentAfter(int bytes, int times) {
        silent = true;
        cutAfter(bytes, times);
    }

    void failFirst(int times) {
        failures.set(times);
    }

    void requireToken(String required) {
        token = required;
    }

    List<String> ranges() {
        return ranges;
    }

    public int requests() {
        return requests.get();
    }

    public int downloads() {
        return downloads.get();
    }

    List<String> tokensSeenByTheFileStore() {
        return tokensAtFileStore;
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void answer(HttpExchange exchange, Handler handler) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            if (failures.getAndDecrement() > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                handler.handle(exchange);
            }
        }
    }

    private void resolve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("/old-name/")) {
            exchange.getResponseHeaders().set("Location", path.replace("/old-name/", "/lab/encoder/"));
            exchange.sendResponseHeaders(307, -1);
            return;
        }
        boolean cached = path.startsWith(CACHE);
        boolean known = cached || path.matches("/lab/encoder/resolve/(main|" + COMMIT + ")/[^/]+");
        if (!token.isEmpty()
                && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.sendResponseHeaders(401, -1);
        } else if (!known || !files.containsKey(name)) {
            exchange.sendResponseHeaders(404, -1);
        } else if (etag(name).length() == 64) {
            exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
            exchange.getResponseHeaders().set("X-Linked-Etag", '"' + etag(name) + '"');
            exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(bytes(name).length));
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "http://127.0.0.1:%d/%s"
                                    .formatted(fileStore.getAddress().getPort(), name));
            exchange.sendResponseHeaders(302, -1);
        } else if (cached) {
            exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
            exchange.getResponseHeaders().set("ETag", "W/\"" + etag(name) + '"');
            send(exchange, bytes(name));
        } else {
            exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
            exchange.getResponseHeaders().set("Location", CACHE + name + "?etag=%22" + etag(name) + "%22");
            exchange.sendResponseHeaders(307, -1);
        }
    }

    private String etag(String name) {
        return Objects.requireNonNull(etags.get(name));
    }

    private byte[] bytes(String name) {
        return Objects.requireNonNull(files.get(name));
    }

    private void store(HttpExchange exchange) throws IOException {
        String authorisation = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorisation != null) {
            tokensAtFileStore.add(authorisation);
        }
        send(exchange, bytes(exchange.getRequestURI().getPath().substring(1)));
    }

    private void send(HttpExchange exchange, byte[] bytes) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        downloads.incrementAndGet();
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = 0;
        if (range != null) {
            ranges.add(range);
            from = Integer.parseInt(range.replaceAll("\\D", ""));
        }
        byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
        exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
        if (rest.length > 5000 && cuts.getAndDecrement() > 0) {
            exchange.getResponseBody().write(rest, 0, cutAfter);
            exchange.getResponseBody().flush();
            if (silent) untilClosed();
            return; // and the exchange is closed with bytes missing
        }
        exchange.getResponseBody().write(rest);
    }

    private void untilClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String sha256(byte[] bytes) {
        return Sha256.of(bytes);
    }

    @Override
    public void close() {
        closed.countDown();
        hub.stop(0);
        fileStore.stop(0);
    }
}
