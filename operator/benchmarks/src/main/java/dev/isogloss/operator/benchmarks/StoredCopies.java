package dev.isogloss.operator.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies of a finished run and its steps, written straight into etcd: by way of the API server a step takes two writes
/// of several milliseconds each, and 200,000 of them an hour. Every copy has names, uids, keys and digests of its own.
final class StoredCopies implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RUNS = "/registry/isogloss.dev/cotrainingruns/";
    private static final String STEPS = "/registry/isogloss.dev/trainingsteps/";
    private static final Pattern ETCD = Pattern.compile("--etcd-servers=(http://[^,\0]+)");
    private static final int MOST_IN_A_WRITE = 64;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(1);
    private final String etcd;
    private final JsonNode run;
    private final List<JsonNode> steps;
    private ArrayNode puts = JSON.createArrayNode();

    /// @param namespace that holds one finished run, its steps, and nothing else
    StoredCopies(String namespace) throws IOException, InterruptedException {
        etcd = address();
        run = read(RUNS + namespace + "/").getFirst();
        steps = read(STEPS + namespace + "/");
    }

    int steps() {
        return steps.size();
    }

    /// The etcd of the cluster's own API server, which the cluster tool starts on this machine without encryption.
    private static String address() throws IOException {
        String cluster = Objects.requireNonNull(System.getenv("ISOGLOSS_CLUSTER_DIR"), "ISOGLOSS_CLUSTER_DIR");
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().chars().allMatch(Character::isDigit))
                    .map(StoredCopies::commandLine)
                    .filter(line -> line.contains(cluster))
                    .map(ETCD::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no API server of " + cluster + " names its etcd by --etcd-servers=http://..."));
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }

    private List<JsonNode> read(String prefix) throws IOException, InterruptedException {
        ObjectNode range = JSON.createObjectNode()
                .put("key", base64(prefix.getBytes(StandardCharsets.UTF_8)))
                .put("range_end", base64((prefix + "~").getBytes(StandardCharsets.UTF_8)));
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode pair : post("range", range).path("kvs"))
            found.add(
                    JSON.readTree(Base64.getDecoder().decode(pair.path("value").asText())));
        if (found.isEmpty()) throw new IllegalStateException("etcd holds nothing at " + prefix);
        return found;
    }

    void write(String namespace, int number) throws IOException, InterruptedException {
        String name = "r" + number;
        String uid = uid();
        put(RUNS, namespace, name, uid, run.deepCopy());
        for (JsonNode step : steps) {
            ObjectNode copy = step.deepCopy();
            for (JsonNode owner : copy.path("metadata").path("ownerReferences"))
                ((ObjectNode) owner).put("name", name).put("uid", uid);
            ((ObjectNode) copy.path("spec")).put("key", hex(32));
            if (copy.path("status").path("digests") instanceof ObjectNode digests)
                digests.fieldNames().forEachRemaining(digest -> digests.put(digest, hex(32)));
            if (copy.path("spec").path("kind").asText().equals("PredictPool"))
                ((ObjectNode) copy.path("status")).put("labelSketch", sketch());
            put(STEPS, namespace, "train-%s-%s".formatted(hex(8), hex(4)), uid(), copy);
        }
    }

    private void put(String path, String namespace, String name, String uid, JsonNode resource)
            throws IOException, InterruptedException {
        ((ObjectNode) resource.path("metadata"))
                .put("namespace", namespace)
                .put("name", name)
                .put("uid", uid);
        puts.addObject()
                .putObject("request_put")
                .put("key", base64((path + namespace + "/" + name).getBytes(StandardCharsets.UTF_8)))
                .put("value", base64(JSON.writeValueAsBytes(resource)));
        if (puts.size() == MOST_IN_A_WRITE) flush();
    }

    private void flush() throws IOException, InterruptedException {
        ObjectNode transaction = JSON.createObjectNode();
        transaction.set("success", puts);
        if (!post("txn", transaction).path("succeeded").asBoolean())
            throw new IllegalStateException("etcd did not take " + puts.size() + " resources");
        puts = JSON.createArrayNode();
    }

    private JsonNode post(String operation, JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(etcd + "/v3/kv/" + operation))
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200)
            throw new IOException("etcd answers " + new String(answer.body(), StandardCharsets.UTF_8));
        return JSON.readTree(answer.body());
    }

    private String uid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String hex(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }

    /// Of a pool of a thousand texts or more.
    private String sketch() {
        byte[] some = new byte[1_000];
        random.nextBytes(some);
        return base64(some);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!puts.isEmpty()) flush();
        http.close();
    }
}
