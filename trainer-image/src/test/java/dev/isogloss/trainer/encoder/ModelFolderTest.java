package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFolderTest {

    private static final String TOKENIZER = "{\"added_tokens\": [{\"id\": 0, \"content\": \"<pad>\"}]}";

    @TempDir
    private Path folder;

    private Scope scope = Scope.open();

    @BeforeEach
    void open() {
        scope.close();
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_written_is_read_back_bit_by_bit(EncoderFamily family) {
        Map<String, Tensor> head = Map.of("classifier.weight", Tensor.ones(2, 32), "classifier.bias", Tensor.zeros(2));
        try (Encoder encoder = Fixtures.encoder(family)) {
            ModelFolder.write(folder, encoder, HeadKind.TokenClassification, head, List.of("O", "B-PER"), TOKENIZER);

            ModelFolder back = ModelFolder.read(InputFolder.anywhere(folder));

            assertThat(back.encoder().config()).isEqualTo(encoder.config());
            assertThat(back.head()).isEqualTo(HeadKind.TokenClassification);
            assertThat(back.labels()).containsExactly("O", "B-PER");
            assertThat(back.headWeights()).containsOnlyKeys("classifier.weight", "classifier.bias");
            assertThat(ModelFolder.tokenizerJson(InputFolder.anywhere(folder))).isEqualTo(TOKENIZER);
            assertSameWeights(back.encoder(), encoder, family == EncoderFamily.BERT);
            back.encoder().close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_word_head_comes_back_with_its_encoder(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            write(encoder, HeadKind.MaskedLanguageModel);
            try (Encoder back = Encoder.load(folder)) {
                assertThat(back.mlmHead().names()).isEqualTo(encoder.mlmHead().names());
                for (String name : back.mlmHead().names()) {
                    assertThat(back.mlmHead().get(name).toFloats())
                            .isEqualTo(encoder.mlmHead().get(name).toFloats());
                }
            }
            write(encoder, HeadKind.None);
            try (Encoder back = Encoder.load(folder)) {
                assertThat(back.mlmHead().names()).isEmpty();
                assertSameWeights(back, encoder, true);
                assertThatThrownBy(() -> back.maskedLogits(Tensor.ones(1, 32)))
                        .hasMessageContaining("call addMlmHead first");
            }
        }
    }

    @Test
    void a_reduced_word_table_is_written_whole() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            float[] before = encoder.parameters().get(Weights.WORDS).toFloats();
            BitSet used = new BitSet();
            used.set(5, 20);
            encoder.compact(used);
            write(encoder, HeadKind.None);
            try (Encoder back = Encoder.load(folder)) {
                assertThat(back.parameters().get(Weights.WORDS).toFloats()).isEqualTo(before);
            }
        }
    }

    @Test
    void a_missing_pooler_is_made_up_and_said_so() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.XLM_ROBERTA)) {
            write(encoder, HeadKind.MaskedLanguageModel);
        }
        ModelFolder back = ModelFolder.read(InputFolder.anywhere(folder));

        assertThat(back.notes()).singleElement().asString().contains("has no pooler; one with random weights");
        assertThat(back.encoder().parameters().get("pooler.dense.weight").shape())
                .containsExactly(32, 32);
        back.encoder().close();
    }

    @Test
    void any_prefix_old_names_and_unknown_weights_are_coped_with() {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            write(encoder, HeadKind.None);
            encoder.completeWeights()
                    .forEach((name, tensor) -> renamed.put(
                            "0.auto_model."
                                    + name.replace("LayerNorm.weight", "LayerNorm.gamma")
                                            .replace("LayerNorm.bias", "LayerNorm.beta"),
                            tensor));
            renamed.put("cls.seq_relationship.weight", Tensor.ones(2, 32));
            renamed.put("0.auto_model.embeddings.position_ids", Tensor.ones(1, 24));
            Safetensors.write(folder.resolve("model.safetensors"), renamed, Map.of());

            ModelFolder back = ModelFolder.read(InputFolder.anywhere(folder));

            assertSameWeights(back.encoder(), encoder, true);
            assertThat(back.notes()).singleElement().asString().endsWith("not used: cls.seq_relationship.weight.");
            back.encoder().close();
        }
    }

    @Test
    void shards_are_read_through_their_index() throws IOException {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            write(encoder, HeadKind.None);
            Map<String, Tensor> all = Safetensors.read(folder.resolve("model.safetensors"));
            Files.delete(folder.resolve("model.safetensors"));
            List<Map<String, Tensor>> shards = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());
            StringBuilder index = new StringBuilder();
            for (String name : all.keySet()) {
                int shard = index.length() / 20 % 2;
                shards.get(shard).put(name, all.get(name));
                index.append(index.isEmpty() ? "" : ",").append("\"%s\": \"shard-%d\"".formatted(name, shard));
            }
            for (int i = 0; i < 2; i++) {
                Safetensors.write(folder.resolve("shard-" + i), shards.get(i), Map.of());
            }
            Files.writeString(
                    folder.resolve("model.safetensors.index.json"), "{\"weight_map\": {%s}}".formatted(index));
            try (Encoder back = Encoder.load(folder)) {
                assertSameWeights(back, encoder, true);
            }
            Files.delete(folder.resolve("shard-1"));
            assertRefused("lists the file shard-1, which is not there");
        }
    }

    @Test
    void sixteen_bit_weights_are_widened() throws IOException {
        short[] halves = {Float.floatToFloat16(1.5f), Float.floatToFloat16(-0.25f)};
        short[] brains = {(short) (Float.floatToIntBits(3.0f) >>> 16), (short) (Float.floatToIntBits(-2.5f) >>> 16)};
        String header = """
                {"a": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]},
                 "b": {"dtype": "BF16", "shape": [2], "data_offsets": [4, 8]}}""";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        for (short[] values : List.of(halves, brains)) {
            file.putShort(values[0]).putShort(values[1]);
        }
        Path path = folder.resolve("half.safetensors");
        Files.write(path, file.array());

        Safetensors read = Safetensors.open(path);

        assertThat(read.tensor("a").toFloats()).containsExactly(1.5f, -0.25f);
        assertThat(read.tensor("b").toFloats()).containsExactly(3, -2.5f);
    }

    @Test
    void scalars_empty_tensors_and_metadata_survive() {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of("s", Tensor.full(3), "e", Tensor.zeros(0, 4)), Map.of("update", "12", "ä", "ö"));

        Safetensors back = Safetensors.open(file);

        assertThat(back.tensor("s").shape()).isEmpty();
        assertThat(back.tensor("s").toDouble()).isEqualTo(3);
        assertThat(back.tensor("e").shape()).containsExactly(0, 4);
        assertThat(back.metadata()).isEqualTo(Map.of("update", "12", "ä", "ö"));
        assertThatThrownBy(() -> back.tensor("t"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("called t");
    }

    @Test
    void a_truncated_file_is_refused() throws IOException {
        writeBert();
        Path weights = folder.resolve("model.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.setLength(file.length() - 100);
        }
        assertRefused("is truncated: its weight pooler.dense.bias ends at byte");
        Files.writeString(weights, "version https://git-lfs.github.com/spec/v1");
        assertRefused("is not a safetensors file, or only the beginning of one");
        Files.write(weights, new byte[3]);
        assertRefused("is not a safetensors file");
    }

    @Test
    void weights_that_are_no_numbers_are_refused() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            encoder.parameters().get("pooler.dense.bias").assign(Tensor.full(Double.NaN, 32));
            write(encoder, HeadKind.None);
        }
        assertRefused("The weight pooler.dense.bias in " + folder.resolve("model.safetensors") + " holds NaN");
    }

    @Test
    void a_shape_that_contradicts_the_configuration_is_refused() throws IOException {
        writeBert();
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"vocab_size\" : 97", "\"vocab_size\" : 98"));
        assertRefused("embeddings.word_embeddings.weight in " + folder + " has the shape [97, 32]; by config.json it"
                + " should be [98, 32]");
    }

    @Test
    void a_missing_weight_is_named() throws IOException {
        writeBert();
        Map<String, Tensor> all = Safetensors.read(folder.resolve("model.safetensors"));
        all.remove("encoder.layer.1.output.dense.bias");
        Safetensors.write(folder.resolve("model.safetensors"), all, Map.of());
        assertRefused("there should be a weight encoder.layer.1.output.dense.bias");
        all.remove("embeddings.word_embeddings.weight");
        Safetensors.write(folder.resolve("model.safetensors"), all, Map.of());
        assertRefused("holds no weights called ...embeddings.word_embeddings.weight");
    }

    @Test
    void pickles_are_not_opened() throws IOException {
        writeBert();
        Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));
        assertRefused("Convert it once where you trust it");
        Files.delete(folder.resolve("pytorch_model.bin"));
        assertRefused("holds no weights");
    }

    @Test
    void configurations_are_checked() throws IOException {
        writeBert();
        Path config = folder.resolve("config.json");
        String good = Files.readString(config);
        Files.writeString(config, good.replace("\"bert\"", "\"deberta\""));
        assertRefused("is of model_type deberta; Isogloss knows bert, roberta, xlm-roberta");
        Files.writeString(config, good.replace("\"gelu\"", "\"relu\""));
        assertRefused("asks for hidden_act relu; Isogloss computes gelu only");
        Files.writeString(config, good.replace("\"hidden_size\" : 32", "\"hidden_size\" : \"big\""));
        assertRefused("needs a positive whole number hidden_size; it has \"big\"");
        Files.writeString(config, "{");
        assertRefused("cannot be read as JSON");
        Files.delete(config);
        assertRefused("is no encoder: it has no config.json");
    }

    @Test
    void a_folder_without_tokenizer_says_how_to_make_one() {
        assertThatThrownBy(() -> ModelFolder.tokenizerJson(InputFolder.anywhere(folder)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has no tokenizer.json");
    }

    private void writeBert() {
        try (Encoder encoder = Fixtures.encoder(EncoderFamily.BERT)) {
            write(encoder, HeadKind.None);
        }
    }

    private void write(Encoder encoder, HeadKind head) {
        ModelFolder.write(folder, encoder, head, Map.of(), List.of(), TOKENIZER);
    }

    private void assertRefused(String sentence) {
        assertThatThrownBy(() -> Encoder.load(folder))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(sentence);
    }

    private static void assertSameWeights(Encoder actual, Encoder expected, boolean withPooler) {
        assertThat(actual.parameters().names()).isEqualTo(expected.parameters().names());
        for (String name : actual.parameters().names()) {
            if (withPooler || !name.startsWith("pooler.")) {
                assertThat(actual.parameters().get(name).toFloats())
                        .as(name)
                        .isEqualTo(expected.parameters().get(name).toFloats());
            }
        }
    }
}
