package dev.isogloss.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/// Proxy between an operator and a real API server: plain HTTP on the operator's side, TLS on the other, one request a
/// connection. It answers with complete responses, so that the client's own retries, its reading of `Retry-After`
/// and its handling of a refused watch are tested too; and it may cut any connection.
final class FaultyProxy implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Pattern CONNECTION = Pattern.compile("(?im)^connection:.*\r\n");
    private static final String TOO_OLD = "too old resource version";

    /// @param target path and query
    record Request(String method, String target) {
        boolean isWrite() {
            return !method.equals("GET");
        }

        boolean isWatch() {
            return target.contains("watch=true");
        }
    }

    /// Handling of a request.
    sealed interface Handling {}

    record Pass() implements Handling {}

    /// @param retryAfter in seconds; 0 leaves the header out
    record Refuse(int code, String reason, int retryAfter) implements Handling {}

    /// The request is carried out, and the answer says that it was refused.
    record RefuseAfterwards(Refuse answer) implements Handling {}

    /// The request is carried out, and not answered.
    record Disconnect() implements Handling {}

    private final Config upstream;
    private final SSLContext tls;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> watches = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tooOld = new AtomicInteger();
    private volatile Function<Request, Handling> handler = _ -> new Pass();

    FaultyProxy(Config upstream) throws IOException {
        this.upstream = upstream;
        try {
            tls = SSLUtils.sslContext(upstream);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        threads.execute(this::listen);
    }

    /// @param retries of the client, before it throws
    KubernetesClient client(int retries) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + listener.getLocalPort())
                .withOauthToken(upstream.getOauthToken())
                .withHttp2Disable(true)
                .withRequestRetryBackoffLimit(retries)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /// Handles requests by this function from now on.
    void handleBy(Function<Request, Handling> handling) {
        handler = handling;
    }

    /// @return the number of connections
    int cutWatches() {
        int cut = 0;
        for (Socket watch : watches) {
            close(watch);
            cut++;
        }
        return cut;
    }

    int watches() {
        return watches.size();
    }

    /// How often the API server has told a watch that its resource version is too old.
    int tooOld() {
        return tooOld.get();
    }

    private void listen() {
        while (!listener.isClosed())
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return; // the test is over
            }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            if (head.isEmpty()) return;
            byte[] body = in.readNBytes(length(head));
            String[] words = head.split(" ", 3);
            Request request = new Request(words[0], words[1]);
            switch (handler.apply(request)) {
                case Pass _ -> pass(request, head, body, in, client);
                case Refuse refusal -> answer(client, refusal);
                case RefuseAfterwards(var refusal) -> {
                    forwardOnly(head, body);
                    answer(client, refusal);
                }
                case Disconnect _ -> forwardOnly(head, body);
            }
        } catch (IOException hungUp) {
            // One side has closed its connection, and so does the other.
        } finally {
            open.remove(client);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            String text = next == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
            if (text.endsWith("\r\n\r\n")) return text;
        }
        return "";
    }

    private static int length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    private Socket connect(String head, byte[] body) throws IOException {
        URI master = URI.create(upstream.getMasterUrl());
        Socket server = tls.getSocketFactory().createSocket(master.getHost(), master.getPort());
        boolean upgrade = head.toLowerCase(java.util.Locale.ROOT).contains("upgrade: websocket");
        String once = upgrade
                ? head
                : CONNECTION.matcher(head).replaceAll("").replaceFirst("\r\n", "\r\nConnection: close\r\n");
        OutputStream out = server.getOutputStream();
        out.write(once.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        return server;
    }

    private void forwardOnly(String head, byte[] body) throws IOException {
        try (Socket server = connect(head, body)) {
            server.getInputStream().readAllBytes();
        }
    }

    private void pass(Request request, String head, byte[] body, InputStream in, Socket client) throws IOException {
        try (Socket server = connect(head, body)) {
            open.add(server);
            if (request.isWatch()) watches.add(server);
            threads.execute(() -> forward(in, server));
            respond(server, client, request.isWatch());
        } finally {
            watches.removeIf(Socket::isClosed);
            open.removeIf(Socket::isClosed);
        }
    }

    /// Forwards the frames of a WebSocket's client, and its end.
    private static void forward(InputStream in, Socket server) {
        try (server) {
            in.transferTo(server.getOutputStream());
        } catch (IOException hungUp) {
            // as above
        }
    }

    /// An error of the API server comes in one piece, as it is short.
    private void respond(Socket server, Socket client, boolean watch) throws IOException {
        byte[] buffer = new byte[1 << 14];
        InputStream in = server.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (watch && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(TOO_OLD))
                tooOld.incrementAndGet();
            client.getOutputStream().write(buffer, 0, read);
            client.getOutputStream().flush();
        }
    }

    private static void answer(Socket client, Refuse refusal) throws IOException {
        String body = """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"a fault of the test",\
                "reason":"%s","code":%d}""".formatted(refusal.reason(), refusal.code());
        String retryAfter = refusal.retryAfter() == 0 ? "" : "Retry-After: " + refusal.retryAfter() + "\r\n";
        String response =
                "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n%s"
                        .formatted(refusal.code(), refusal.reason(), body.length(), retryAfter, body);
        client.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            // it is closed, which was the point
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(FaultyProxy::close);
        threads.close();
    }
}
