package dev.isogloss.trainer.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A container's last words, from which the operator learns a step's result without reading the store. Kubernetes
/// keeps 4 KiB. A summary that does not fit is compressed (`{"gzip": "..."}`, base64); one that still does not fit
/// says how many scores it leaves out, and they are in the store.
///
///     {"key", "kind", "reused", "scores": [{language, split, metric, value, examples}], "facts": {...},
///      "digests": {...}, "labelSketch": "..."}
///     {"error": "one paragraph"}
final class TerminationLog {
    static final int LIMIT = 4096;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final @Nullable Path file;

    /// @param asked the file the user named; made if it is not there
    /// @param usual the file that is written only where it exists
    TerminationLog(@Nullable Path asked, Path usual) {
        this.file = asked != null ? asked : Files.exists(usual) ? usual : null;
    }

    void succeeded(StepResult result, boolean reused) {
        write(summary(result, reused));
    }

    void failed(String message) {
        ObjectNode node = MAPPER.createObjectNode();
        for (int keep = message.length(); ; keep = keep * 3 / 4) {
            node.put("error", message.substring(0, keep));
            if (bytes(node) <= LIMIT) break;
        }
        write(node.toString());
    }

    static String summary(StepResult result, boolean reused) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("key", result.key().hex());
        node.put("kind", result.kind());
        node.put("reused", reused);
        ArrayNode scores = node.putArray("scores");
        for (Score score : result.scores()) scores.add(MAPPER.<ObjectNode>valueToTree(score));
        node.set("facts", MAPPER.valueToTree(new TreeMap<>(result.facts())));
        if (!result.digests().isEmpty()) node.set("digests", MAPPER.valueToTree(new TreeMap<>(result.digests())));
        if (result.labelSketch() != null) node.put("labelSketch", result.labelSketch());
        if (bytes(node) <= LIMIT) return node.toString();
        ObjectNode packed = MAPPER.createObjectNode().put("gzip", gzip(node.toString()));
        if (bytes(packed) <= LIMIT) return packed.toString();
        node.remove("facts");
        node.putArray("scores");
        return node.put("scoresLeftOut", result.scores().size()).toString();
    }

    private static int bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static String gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private void write(String text) {
        if (file == null) return;
        try {
            Files.writeString(
                    file,
                    text,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            // The result is in the store all the same, and the exit code says how it went.
        }
    }
}
