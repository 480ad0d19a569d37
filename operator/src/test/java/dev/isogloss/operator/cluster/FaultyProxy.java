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

/// The line between an operator and a real API server: plain HTTP on the operator's side, TLS on the other, one
/// request a connection. What it answers itself are whole responses, so that the client's own patience (its retries,
/// its reading of `Retry-After`, what it makes of a watch's refusal) is tried too; and whatever passes, it may cut.
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

    /// What becomes of a request.
    sealed interface Fate {}

    record Pass() implements Fate {}

    /// @param retryAfter in seconds; 0 leaves the header out
    record Refuse(int code, String reason, int retryAfter) implements Fate {}

    /// What it asks for is done, and the answer says that it was refused.
    record Mislead(Refuse answer) implements Fate {}

    /// What it asks for is done, and nothing is answered.
    record HangUp() implements Fate {}

    private final Config upstream;
    private final SSLContext tls;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> watches = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tooOld = new AtomicInteger();
    private volatile Function<Request, Fate> fates = _ -> new Pass();

    FaultyProxy(Config upstream) throws IOException {
        this.upstream = upstream;
        try {
            tls = SSLUtils.sslContext(upstream);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        door = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        threads.execute(this::listen);
    }

    /// @param retries how often the client tries again before it tells the operator
    KubernetesClient client(int retries) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + door.getLocalPort())
                .withOauthToken(upstream.getOauthToken())
                .withHttp2Disable(true)
                .withRequestRetryBackoffLimit(retries)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /// From now on requests fare so.
    void treat(Function<Request, Fate> others) {
        fates = others;
    }

    /// @return how many there were
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

    /// How often the API server itself has said so to a watch.
    int tooOld() {
        return tooOld.get();
    }

    private void listen() {
        while (!door.isClosed())
            try {
                Socket near = door.accept();
                threads.execute(() -> serve(near));
            } catch (IOException closed) {
                return; // the test is over
            }
    }

    private void serve(Socket near) {
        open.add(near);
        try (near) {
            InputStream in = new BufferedInputStream(near.getInputStream());
            String head = head(in);
            if (head.isEmpty()) return;
            byte[] body = in.readNBytes(length(head));
            String[] words = head.split(" ", 3);
            Request request = new Request(words[0], words[1]);
            switch (fates.apply(request)) {
                case Pass _ -> pass(request, head, body, in, near);
                case Refuse refusal -> answer(near, refusal);
                case Mislead(var refusal) -> {
                    carry(head, body);
                    answer(near, refusal);
                }
                case HangUp _ -> carry(head, body);
            }
        } catch (IOException hungUp) {
            // One side went away, and so does the other: a line has nothing more to say.
        } finally {
            open.remove(near);
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

    private Socket dial(String head, byte[] body) throws IOException {
        URI master = URI.create(upstream.getMasterUrl());
        Socket far = tls.getSocketFactory().createSocket(master.getHost(), master.getPort());
        boolean upgrade = head.toLowerCase(java.util.Locale.ROOT).contains("upgrade: websocket");
        String once = upgrade
                ? head
                : CONNECTION.matcher(head).replaceAll("").replaceFirst("\r\n", "\r\nConnection: close\r\n");
        OutputStream out = far.getOutputStream();
        out.write(once.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        return far;
    }

    private void carry(String head, byte[] body) throws IOException {
        try (Socket far = dial(head, body)) {
            far.getInputStream().readAllBytes();
        }
    }

    private void pass(Request request, String head, byte[] body, InputStream in, Socket near) throws IOException {
        try (Socket far = dial(head, body)) {
            open.add(far);
            if (request.isWatch()) watches.add(far);
            threads.execute(() -> forward(in, far));
            back(far, near, request.isWatch());
        } finally {
            watches.removeIf(Socket::isClosed);
            open.removeIf(Socket::isClosed);
        }
    }

    /// The frames of a WebSocket's client, and its end.
    private static void forward(InputStream in, Socket far) {
        try (far) {
            in.transferTo(far.getOutputStream());
        } catch (IOException hungUp) {
            // as above
        }
    }

    /// A complaint of the API server's comes in one piece, as it is short.
    private void back(Socket far, Socket near, boolean watch) throws IOException {
        byte[] buffer = new byte[1 << 14];
        InputStream in = far.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (watch && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(TOO_OLD))
                tooOld.incrementAndGet();
            near.getOutputStream().write(buffer, 0, read);
            near.getOutputStream().flush();
        }
    }

    private static void answer(Socket near, Refuse refusal) throws IOException {
        String body = """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"a fault of the test",\
                "reason":"%s","code":%d}""".formatted(refusal.reason(), refusal.code());
        String retryAfter = refusal.retryAfter() == 0 ? "" : "Retry-After: " + refusal.retryAfter() + "\r\n";
        String response =
                "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n%s"
                        .formatted(refusal.code(), refusal.reason(), body.length(), retryAfter, body);
        near.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
        near.getOutputStream().flush();
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
        door.close();
        open.forEach(FaultyProxy::close);
        threads.close();
    }
}
