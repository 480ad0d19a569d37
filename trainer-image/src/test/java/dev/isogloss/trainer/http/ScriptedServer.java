package dev.isogloss.trainer.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An HTTP server on this machine that does with each request what is next in its script, and the last thing with all
/// later ones.
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final ConcurrentLinkedQueue<Reaction> script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// What the server does once it has read a request.
    interface Reaction {
        void to(OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
    }

    static Reaction responds(int status, String body, String... headers) {
        return (out, _) -> write(out, head(status, body.length(), headers) + body);
    }

    static Reaction breaksOff() {
        return (out, _) -> write(out, head(200, 100) + "only a part");
    }

    static Reaction fallsSilent() {
        return (out, closed) -> {
            write(out, head(200, 100) + "only a part");
            closed.await();
        };
    }

    static Reaction isSlow(int pieces, long milliseconds) {
        return (out, closed) -> {
            write(out, head(200, pieces));
            for (int i = 0; i < pieces; i++) {
                if (closed.await(milliseconds, TimeUnit.MILLISECONDS)) return;
                write(out, "x");
            }
        };
    }

    private static String head(int status, int length, String... headers) {
        String lines = String.join(
                "", List.of(headers).stream().map(line -> line + "\r\n").toList());
        return "HTTP/1.1 %d x\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n".formatted(status, length, lines);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    ScriptedServer(Reaction... script) throws IOException {
        this.socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        this.script = new ConcurrentLinkedQueue<>(List.of(script));
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException over) {
            if (!socket.isClosed()) throw new UncheckedIOException(over);
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String request = in.readLine();
            if (request == null) return;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {}
            requests.add(request.replace(" HTTP/1.1", ""));
            Reaction reaction = script.size() > 1 ? script.remove() : script.element();
            reaction.to(connection.getOutputStream(), closed);
        } catch (IOException clientHasGone) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(socket.getLocalPort(), path));
    }

    /// Method and path of all requests so far.
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
