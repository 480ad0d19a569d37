package dev.isogloss.trainer.http;

import static dev.isogloss.trainer.http.ScriptedServer.responds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Proxies and certificates of an organisation's own, by environment variables.
@Timeout(60)
class ConnectionsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private static HttpResponse<String> get(Map<String, String> environment, URI address)
            throws IOException, InterruptedException {
        return new RetryingClient(
                        HttpClient.Version.HTTP_1_1,
                        new RetryingClient.Policy(1, Duration.ofMillis(1), Duration.ofSeconds(20)),
                        Connections.of(environment))
                .send(RetryingClient.request(address).build(), BodyHandlers.ofString());
    }

    private static String proxy(ScriptedServer server) {
        return "http://127.0.0.1:" + server.address("/").getPort();
    }

    @Test
    void a_request_goes_to_the_proxy_of_its_scheme() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(responds(200, "through the proxy"))) {
            Map<String, String> environment = Map.of("http_proxy", proxy(proxy), "HTTPS_PROXY", proxy(proxy));

            assertThat(get(environment, URI.create("http://hub.invalid/x")).body())
                    .isEqualTo("through the proxy");
            assertThatThrownBy(() -> get(environment, URI.create("https://hub.invalid/y")))
                    .isInstanceOf(IOException.class);
            assertThat(proxy.requests()).containsOnly("GET http://hub.invalid/x", "CONNECT hub.invalid:443");
        }
    }

    @Test
    void hosts_of_no_proxy_and_those_below_them_are_reached_directly() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(responds(200, ""))) {
            Map<String, String> environment =
                    Map.of("HTTP_PROXY", proxy(proxy).substring("http://".length()), "NO_PROXY", ".invalid, minio.lab");

            assertThatThrownBy(() -> get(environment, URI.create("http://hub.invalid/x")))
                    .isInstanceOf(IOException.class);
            get(environment, URI.create("http://notminio.lab/x"));
            assertThat(proxy.requests()).containsExactly("GET http://notminio.lab/x");
        }
    }

    @Test
    void this_machine_needs_no_proxy() throws Exception {
        try (ScriptedServer server = new ScriptedServer(responds(200, "direct"))) {
            assertThat(get(Map.of("HTTP_PROXY", "http://proxy.invalid:3128"), server.address("/x"))
                            .body())
                    .isEqualTo("direct");
        }
    }

    @Test
    void a_server_of_an_authority_of_ones_own_is_trusted_where_its_certificate_is_given() throws Exception {
        Path keys = folder.resolve("keys.p12");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=lab", "-ext", "SAN=ip:127.0.0.1", "-keystore", "" + keys);
        Path certificate = folder.resolve("ca.crt");
        keytool("-exportcert", "-rfc", "-keystore", "" + keys, "-file", "" + certificate);
        HttpsServer server = server(keys);
        try {
            URI address = URI.create(
                    "https://127.0.0.1:%d/x".formatted(server.getAddress().getPort()));

            assertThatThrownBy(() -> get(Map.of(), address)).hasMessageContaining("PKIX");
            assertThat(get(Map.of("ISOGLOSS_CA_CERTIFICATES", Files.readString(certificate)), address)
                            .statusCode())
                    .isEqualTo(204);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void what_is_no_certificate_and_no_proxy_says_what_to_write() {
        assertThatThrownBy(() -> Connections.of(Map.of("ISOGLOSS_CA_CERTIFICATES", "/etc/ssl/ca.pem")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("the text of a PEM file and not its name");
        assertThatThrownBy(() -> Connections.of(Map.of("HTTPS_PROXY", "http://me:secret@proxy.lab:3128")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }

    private static HttpsServer server(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "lab", "-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
