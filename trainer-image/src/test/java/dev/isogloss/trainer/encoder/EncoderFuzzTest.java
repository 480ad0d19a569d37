package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import dev.isogloss.trainer.tokenizer.UnigramTrainer;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files of encoders, broken in every way that people's files are: each opens, or is refused with its name.
class EncoderFuzzTest {
    private static final int ROUNDS = 60;
    private static final List<String> TEXTS =
            List.of("Öl und Wasser", "Ada lives in Oslo", "die Katze liest", "water and oil", "the cat reads");

    @TempDir
    static Path written;

    @TempDir
    Path folder;

    /// A file of an encoder.
    enum Kind {
        Config("config.json"),
        WordPiece("tokenizer.json"),
        Unigram("tokenizer.json"),
        Weights("model.safetensors"),
        Index("model.safetensors.index.json");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        private boolean isTokenizer() {
            return this == WordPiece || this == Unigram;
        }
    }

    @BeforeAll
    static void anEncoder() throws IOException {
        try (Scope _ = Scope.open();
                Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            ModelFolder.write(written, encoder, HeadKind.None, Map.of(), List.of(), "{}");
        }
        String index = "{\"metadata\": {\"total_size\": 1}, \"weight_map\": {%s}}"
                .formatted(String.join(
                        ", ",
                        Safetensors.open(written).names().stream()
                                .map(name -> "\"%s\": \"one.safetensors\"".formatted(name))
                                .toList()));
        Files.writeString(written.resolve(Kind.Index.name), index);
        Files.writeString(written.resolve("WordPiece"), WordPieceTrainer.train(TEXTS, 80, true, _ -> {}));
        Files.writeString(written.resolve("Unigram"), UnigramTrainer.train(TEXTS, 80, true, _ -> {}));
    }

    @BeforeEach
    void inAFolder() throws IOException {
        Files.copy(written.resolve("config.json"), folder.resolve("config.json"));
    }

    private static byte[] right(Kind kind) {
        try {
            return Files.readAllBytes(written.resolve(kind.isTokenizer() ? kind.toString() : kind.name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Opens the file; whatever is thrown but a refusal fails the test.
    ///
    /// @return what was wrong with it, or nothing
    private String refusal(Kind kind, byte[] content) {
        try {
            if (kind == Kind.Config)
                Files.copy(written.resolve("model.safetensors"), folder.resolve("model.safetensors"));
            if (kind == Kind.Index) Files.copy(written.resolve("model.safetensors"), folder.resolve("one.safetensors"));
            Files.write(folder.resolve(kind.name), content);
            try {
                open(kind);
                return "";
            } catch (InvalidInput refused) {
                assertThat(refused.getMessage()).containsAnyOf(kind.name, folder.toString());
                return String.valueOf(refused.getMessage());
            } finally {
                for (String name : List.of("model.safetensors", "one.safetensors", Kind.Index.name, "tokenizer.json"))
                    Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(Kind kind) {
        InputFolder files = InputFolder.anywhere(folder);
        if (kind.isTokenizer()) {
            try (Tokenizer tokenizer = Tokenizer.of(ModelFolder.tokenizerJson(files), 16)) {
                tokenizer.encode("Ada liest \uD83D\uDE00.");
                tokenizer.encodeWords(List.of("Öl", " "));
            }
            return;
        }
        try (Scope _ = Scope.open()) {
            ModelFolder.check(files);
            ModelFolder.readEncoder(files).encoder().close();
        }
    }

    private interface Trial {
        void run(RandomStream random);
    }

    private static void each(Kind kind, String purpose, Trial trial) {
        for (int round = 0; round < ROUNDS; round++)
            trial.run(RandomStream.of(20261129, "encoder fuzz " + purpose + " " + kind, round));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_that_is_right_opens(Kind kind) {
        assertThat(refusal(kind, right(kind))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_value_that_is_missing_or_of_another_type_is_read_or_refused(Kind kind) {
        each(kind, "types", random -> {
            JsonNode tree = tree(kind);
            breakOne(tree, random);
            refusal(kind, bytes(kind, tree.toString()));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_that_is_cut_short_is_refused(Kind kind) {
        each(kind, "cut", random -> {
            byte[] whole = right(kind);

            assertThat(refusal(kind, Arrays.copyOf(whole, random.nextInt(whole.length - 1))))
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void bytes_that_were_changed_added_or_taken_are_read_or_refused(Kind kind) {
        each(kind, "bytes", random -> {
            byte[] damaged = right(kind).clone();
            int near = random.nextInt(2) == 0 ? damaged.length : Math.min(200, damaged.length);
            switch (random.nextInt(3)) {
                case 0 -> damaged[random.nextInt(near)] ^= (byte) (1 + random.nextInt(255));
                case 1 -> damaged = without(damaged, random.nextInt(near));
                default -> damaged = twice(damaged, random.nextInt(near));
            }
            refusal(kind, damaged);
        });
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] less = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, less, at, bytes.length - at - 1);
        return less;
    }

    private static byte[] twice(byte[] bytes, int at) {
        byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
        return more;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void another_encoding_is_read_or_refused(Kind kind) {
        List<Charset> encodings =
                List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16, StandardCharsets.UTF_16LE);
        each(kind, "encoding", random -> {
            Charset encoding = encodings.get(random.nextInt(encodings.size()));
            String refusal = refusal(kind, new String(right(kind), StandardCharsets.UTF_8).getBytes(encoding));

            if (!encoding.equals(StandardCharsets.ISO_8859_1))
                assertThat(refusal).isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_of_another_kind_is_refused(Kind kind) {
        List<String> begins = List.of(
                "PK\u0003\u0004",
                "<!DOCTYPE html>\n<p>",
                "\u0080\u0002}q",
                "[\n{",
                "{}",
                "",
                "version https://git-lfs.github.com/spec/v1\n",
                "{\"a\":".repeat(2000),
                "[".repeat(200_000));
        each(kind, "foreign", random -> {
            byte[] noise = new byte[random.nextInt(100)];
            for (int i = 0; i < noise.length; i++) noise[i] = (byte) random.nextInt(256);
            String begin = begins.get(random.nextInt(begins.size()));
            byte[] content =
                    (begin + new String(noise, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
            Kind other = Kind.values()[random.nextInt(Kind.values().length)];

            assertThat(refusal(kind, content)).isNotEmpty();
            assertThat(refusal(kind, packed(right(kind)))).isNotEmpty();
            if (!other.name.equals(kind.name))
                assertThat(refusal(kind, right(other))).isNotEmpty();
        });
    }

    private static byte[] packed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// The JSON in a file: all of it, or its header.
    private static JsonNode tree(Kind kind) {
        byte[] bytes = right(kind);
        try {
            if (kind != Kind.Weights) return Json.PLAIN.readTree(bytes);
            return Json.PLAIN.readTree(Arrays.copyOfRange(bytes, 8, 8 + headerLength(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int headerLength(byte[] weights) {
        return (int) ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static byte[] bytes(Kind kind, String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        if (kind != Kind.Weights) return text;
        byte[] whole = right(kind);
        int data = 8 + headerLength(whole);
        return ByteBuffer.allocate(8 + text.length + whole.length - data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(whole, data, whole.length - data)
                .array();
    }

    /// Replaces or removes one value somewhere in a tree.
    private static void breakOne(JsonNode tree, RandomStream random) {
        List<String> values = List.of(
                "null",
                "[]",
                "{}",
                "true",
                "-1",
                "0",
                "3.5",
                "\"\"",
                "\"x\"",
                "1e400",
                "2147483647",
                "9223372036854775807",
                "99999999999999999999999",
                "[[1]]",
                "{\"type\": \"x\"}");
        JsonNode value;
        try {
            value = Json.PLAIN.readTree(values.get(random.nextInt(values.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode at = tree;
        while (true) {
            List<JsonNode> inside = new ArrayList<>();
            at.forEach(each -> {
                if (each.isContainerNode() && !each.isEmpty()) inside.add(each);
            });
            if (inside.isEmpty() || random.nextInt(3) == 0) break;
            at = inside.get(random.nextInt(inside.size()));
        }
        int which = random.nextInt(at.size());
        switch (at) {
            case ObjectNode object -> {
                String name = new ArrayList<>(object.properties()).get(which).getKey();
                if (random.nextInt(5) == 0) object.remove(name);
                else object.set(name, value);
            }
            case ArrayNode array -> {
                if (random.nextInt(5) == 0) array.remove(which);
                else array.set(which, value);
            }
            default -> throw new IllegalStateException("no container");
        }
    }
}
