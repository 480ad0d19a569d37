package dev.isogloss.chart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A hub of models: `/ORGANISATION/MODEL/resolve/REVISION/FILE` is a file of a folder, with the headers by which a
/// client knows its commit and its checksum.
///
///     java dev.isogloss.chart.HubServer PORT FOLDER
final class HubServer {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static final Pattern FILE =
            Pattern.compile("/([\\w-]+/[\\w-]+)/resolve/(?:main|" + COMMIT + ")/([\\w.-]+)");

    private HubServer() {}

    public static void main(String... arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(arguments[0])), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, Path.of(arguments[1])));
        server.start();
    }

    private static void answer(HttpExchange exchange, Path folder) throws IOException {
        try (exchange) {
            Matcher address = FILE.matcher(exchange.getRequestURI().getPath());
            Path file = address.matches() ? folder.resolve(address.group(1)).resolve(address.group(2)) : null;
            if (file == null || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
            exchange.getResponseHeaders().set("ETag", '"' + StoredSteps.sha256(file) + '"');
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(Files.size(file)));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
        }
    }
}
