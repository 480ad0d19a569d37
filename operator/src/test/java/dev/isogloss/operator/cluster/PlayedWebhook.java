package dev.isogloss.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An admission webhook that allows everything, and takes its time.
final class PlayedWebhook implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "webhook";
    private static final char[] PASSWORD = "of-a-test".toCharArray();

    private final HttpsServer server;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService answers = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private final String certificate;
    private volatile Duration delay;

    /// @param folder for its key
    PlayedWebhook(Path folder, Duration delay) throws IOException, InterruptedException, GeneralSecurityException {
        this.delay = delay;
        KeyStore keys = keys(folder.resolve("webhook.p12"));
        certificate = pem(keys.getCertificate(NAME).getEncoded());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(readers);
        server.createContext("/", this::review);
        server.start();
    }

    /// That the API server asks a webhook about every new Job of a namespace.
    static ValidatingWebhookConfiguration onJobs(
            String name, String namespace, WebhookClientConfig client, Duration timeout) {
        return new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(name + "-" + namespace)
                .endMetadata()
                .addNewWebhook()
                .withName(name + ".isogloss.test")
                .withAdmissionReviewVersions("v1")
                .withSideEffects("None")
                .withFailurePolicy("Fail")
                .withTimeoutSeconds((int) timeout.toSeconds())
                .withClientConfig(client)
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                .endNamespaceSelector()
                .addNewRule()
                .withApiGroups("batch")
                .withApiVersions("v1")
                .withResources("jobs")
                .withOperations("CREATE")
                .endRule()
                .endWebhook()
                .build();
    }

    /// A key whose certificate is its own authority.
    private static KeyStore keys(Path file) throws IOException, InterruptedException, GeneralSecurityException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int exit = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        NAME,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-ext",
                        "bc=ca:true",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .start()
                .waitFor();
        if (exit != 0) throw new IOException("keytool has ended with exit code " + exit);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static String pem(byte[] certificate) {
        String text = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// How the API server reaches it.
    WebhookClientConfig client() {
        return new WebhookClientConfigBuilder()
                .withUrl("https://127.0.0.1:" + server.getAddress().getPort() + "/")
                .withCaBundle(certificate)
                .build();
    }

    int asked() {
        return asked.get();
    }

    /// Questions from now on are answered after this time.
    void answerAfter(Duration other) {
        delay = other;
    }

    private void review(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        JsonNode review = JSON.readTree(exchange.getRequestBody());
        byte[] answer = """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview",\
                "response":{"uid":"%s","allowed":true}}""".formatted(review.at("/request/uid").asText()).getBytes(StandardCharsets.UTF_8);
        answers.schedule(() -> answer(exchange, answer), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void answer(HttpExchange exchange, byte[] answer) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException late) {
            // The API server has not waited.
        }
    }

    @Override
    public void close() {
        answers.shutdownNow();
        server.stop(0);
        readers.close();
    }
}
