package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of encoders that claim more than they hold: nothing is reserved before it is known to be there.
class BoundedFilesTest {
    @TempDir
    Path folder;

    private Path weights;

    @BeforeEach
    void anEncoder() {
        weights = folder.resolve("model.safetensors");
        try (Scope _ = Scope.open();
                Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            ModelFolder.write(folder, encoder, HeadKind.None, Map.of(), List.of(), "{}");
        }
    }

    private void header(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Files.write(
                weights,
                ByteBuffer.allocate(8 + bytes.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(bytes.length)
                        .put(bytes)
                        .array());
    }

    @Test
    void a_header_larger_than_names_and_shapes_take_is_not_read() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(99L << 20)
                    .array());
            file.setLength(200L << 20);
        }

        assertThatThrownBy(() -> Safetensors.open(weights))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        weights + " has a header of 103,809,024 bytes, which names and shapes of an encoder's weights"
                                + " do not take; 8,388,608 at most are read. Save the model again with save_pretrained.");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0, 1, 1L << 40})
    void a_header_of_an_absurd_length_is_no_header(long length) throws IOException {
        Files.write(
                weights,
                ByteBuffer.allocate(100)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .array());

        assertThatThrownBy(() -> Safetensors.open(weights))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(weights + " (100 bytes) is not a safetensors file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"x\"", "null", "{\"w\": 7", "{\"w\": {\"dtype\": \"F32\"}}"})
    void what_is_no_header_is_told_so(String json) throws IOException {
        header(json);

        assertThatThrownBy(() -> Safetensors.open(weights))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is not a safetensors file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[-1]|sizes are whole numbers from 0 on",
                "[1.5]|sizes are whole numbers from 0 on",
                "[\"2\"]|sizes are whole numbers from 0 on",
                "[null]|sizes are whole numbers from 0 on",
                "[9223372036854775807, 9223372036854775807]|but keeps 0 bytes for it",
                "[4611686018427387904]|but keeps 0 bytes for it",
                "[99999999999999999999]|sizes are whole numbers from 0 on"
            })
    void a_shape_that_no_weight_has_is_refused(String shape, String sentence) throws IOException {
        header("{\"w\": {\"dtype\": \"F32\", \"shape\": %s, \"data_offsets\": [0, 0]}}".formatted(shape));

        assertThatThrownBy(() -> Safetensors.open(weights))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(weights + " says that its weight w ")
                .hasMessageContaining(sentence);
    }

    /// Types of other sizes than those known have no bytes to compare a shape with.
    @ParameterizedTest
    @ValueSource(strings = {"F8_E4M3", "Q4", "I64", ""})
    void a_weight_of_another_type_is_refused_before_memory_is_taken_for_it(String type) throws IOException {
        header("{\"w\": {\"dtype\": \"%s\", \"shape\": [%s], \"data_offsets\": [0, 0]}}"
                .formatted(type, type.equals("I64") ? "0" : "1000000000, 1000000000"));

        try (Scope _ = Scope.open()) {
            assertThatThrownBy(() -> Safetensors.open(weights).tensor("w"))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith("The weight w in %s is of type %s; weights have to be F32", weights, type);
        }
    }

    @Test
    void quantised_weights_are_told_before_the_first_step() throws IOException {
        try (Scope _ = Scope.open()) {
            Map<String, Tensor> tensors = Safetensors.read(weights);
            StringBuilder json = new StringBuilder("{");
            tensors.forEach((name, tensor) -> json.append(json.length() > 1 ? "," : "")
                    .append("\"%s\": {\"dtype\": \"F8_E4M3\", \"shape\": %s, \"data_offsets\": [0, 0]}"
                            .formatted(name, java.util.Arrays.toString(tensor.shape()))));
            header(json.append("}").toString());
        }

        assertThatThrownBy(() -> ModelFolder.check(InputFolder.anywhere(folder)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("is of type F8_E4M3");
    }

    @Test
    void an_index_says_what_is_wrong_with_it_and_where() throws IOException {
        Files.delete(weights);
        Path index = folder.resolve(Safetensors.INDEX);
        for (String[] wrong : new String[][] {
            {"{\"weight_map\": ", ":1:"},
            {"{}", " has no weight_map"},
            {"[]", " is not a JSON object"},
            {"{\"a\":\n\n nul}", ":3:"}
        }) {
            Files.writeString(index, wrong[0]);
            assertThatThrownBy(() -> Safetensors.open(folder))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith(index + wrong[1]);
        }
    }

    @Test
    void a_config_of_more_layers_than_any_encoder_has_is_refused() throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("\"num_hidden_layers\" : \\d+", "\"num_hidden_layers\" : 2000000000"));

        assertThatThrownBy(() -> ModelFolder.check(InputFolder.anywhere(folder)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(config + " has num_hidden_layers 2000000000; encoders of 1000 layers at most are read.");
    }

    @Test
    void a_config_and_a_tokenizer_have_bounds() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"a\": \"" + "x".repeat(5 << 20) + "\"}");
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("tokenizer.json").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThatThrownBy(() -> ModelFolder.check(InputFolder.anywhere(folder)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("4,194,304 at most are read");
        assertThatThrownBy(() -> ModelFolder.tokenizerJson(InputFolder.anywhere(folder)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has 1,099,511,627,776 bytes");
    }
}
