package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checkpoints as other programs leave them: what can be read is the encoder that was saved, and all else is refused
/// with a sentence that says how to save it.
class CheckpointKindsTest {
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

    private Path weights() {
        return folder.resolve("model.safetensors");
    }

    /// Writes an encoder with a head for words, and gives its weights by name.
    private Map<String, Tensor> written(EncoderFamily family) {
        try (Encoder encoder = Fixtures.encoder(family)) {
            ModelFolder.write(folder, encoder, HeadKind.MaskedLanguageModel, Map.of(), List.of(), "{}");
        }
        return new LinkedHashMap<>(Safetensors.read(weights()));
    }

    private void rename(Map<String, Tensor> all, UnaryOperator<String> name) {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        all.forEach((old, tensor) -> renamed.put(name.apply(old), tensor));
        Safetensors.write(weights(), renamed, Map.of());
    }

    /// The folder holds what `family` was written as, head for words included; the pooler may be made up.
    private void isRead(EncoderFamily family, List<String> notes) {
        ModelFolder read = ModelFolder.readEncoder(InputFolder.anywhere(folder));
        try (Encoder expected = Fixtures.encoder(family);
                Encoder actual = read.encoder()) {
            expected.parameters().names().stream()
                    .filter(name -> family == EncoderFamily.BERT || !name.startsWith("pooler."))
                    .forEach(name -> assertThat(actual.parameters().get(name).toFloats())
                            .as(name)
                            .isEqualTo(expected.parameters().get(name).toFloats()));
            assertThat(actual.mlmHead().names()).isEqualTo(expected.mlmHead().names());
            for (String name : actual.mlmHead().names())
                assertThat(actual.mlmHead().get(name).toFloats())
                        .as(name)
                        .isEqualTo(expected.mlmHead().get(name).toFloats());
        }
        assertThat(read.notes())
                .filteredOn(note -> !note.contains("no pooler"))
                .satisfiesExactlyInAnyOrder(notes.stream()
                        .<org.assertj.core.api.ThrowingConsumer<String>>map(
                                each -> note -> assertThat(note).contains(each))
                        .toArray(org.assertj.core.api.ThrowingConsumer[]::new));
        assertThatCode(() -> ModelFolder.check(InputFolder.anywhere(folder))).doesNotThrowAnyException();
    }

    private void isRefused(String... words) {
        assertThatThrownBy(() -> Encoder.load(folder))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll(words);
        assertThatThrownBy(() -> ModelFolder.check(InputFolder.anywhere(folder)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_orig_mod.", "module.", "module._orig_mod.", "model.", "_fsdp_wrapped_module."})
    void a_wrapped_model_is_read_with_its_head(String wrapper) {
        for (EncoderFamily family : EncoderFamily.values()) {
            rename(written(family), name -> wrapper + name);
            isRead(family, List.of());
        }
    }

    @Test
    void an_encoder_compiled_inside_its_model_is_read_with_its_head() {
        rename(written(EncoderFamily.BERT), name -> name.replace("bert.", "bert._orig_mod.")
                .replace("layer.1.", "layer.1._orig_mod."));
        isRead(EncoderFamily.BERT, List.of());
    }

    @Test
    void a_weight_that_is_there_twice_is_refused() {
        Map<String, Tensor> all = written(EncoderFamily.BERT);
        all.put("_orig_mod.bert.pooler.dense.bias", Tensor.zeros(32));
        Safetensors.write(weights(), all, Map.of());
        isRefused("holds the same weight twice", "_orig_mod.bert.pooler.dense.bias");
    }

    @ParameterizedTest
    @EnumSource
    void a_tied_table_is_found_under_its_alias(EncoderFamily family) {
        Map<String, Tensor> all = written(family);
        String table = family.prefix() + Weights.WORDS;
        String decoder = family == EncoderFamily.BERT ? "cls.predictions.decoder.weight" : "lm_head.decoder.weight";
        all.put(decoder, all.get(table));
        all.remove(table);
        Safetensors.write(weights(), all, Map.of("format", "pt", table, decoder));
        isRead(family, List.of());

        Safetensors.write(weights(), all, Map.of("format", "pt"));
        isRead(family, List.of("keeps its word table as " + decoder + " alone"));
    }

    @Test
    void a_bias_that_is_kept_under_the_decoders_name_is_the_heads() {
        rename(written(EncoderFamily.XLM_ROBERTA), name -> name.equals("lm_head.bias") ? "lm_head.decoder.bias" : name);
        isRead(EncoderFamily.XLM_ROBERTA, List.of());
    }

    @Test
    void a_head_with_a_table_of_its_own_gets_a_note() throws IOException {
        Map<String, Tensor> all = written(EncoderFamily.BERT);
        all.put("cls.predictions.decoder.weight", Tensor.ones(97, 32));
        Safetensors.write(weights(), all, Map.of());
        isRead(EncoderFamily.BERT, List.of());
        edit("\"hidden_act\"", "\"tie_word_embeddings\": false, \"hidden_act\"");
        isRead(EncoderFamily.BERT, List.of("tie_word_embeddings: false"));
    }

    @Test
    void what_stands_on_an_encoder_is_not_looked_at() {
        Map<String, Tensor> all = written(EncoderFamily.BERT);
        all.put("classifier.weight", Tensor.full(Double.NaN, 2, 32));
        all.put("bert.embeddings.position_ids", Tensor.ones(1, 24));
        Safetensors.write(weights(), all, Map.of());
        isRead(EncoderFamily.BERT, List.of());
    }

    @Test
    void integers_among_the_weights_of_a_classifier_are_not_looked_at_either() throws IOException {
        Map<String, Tensor> all = written(EncoderFamily.BERT);
        all.put("classifier.steps", Tensor.zeros(2));
        Safetensors.write(weights(), all, Map.of());
        byte[] bytes = Files.readAllBytes(weights());
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("F32", text.indexOf("classifier.steps"));
        bytes[at] = 'I';
        Files.write(weights(), bytes);
        isRead(EncoderFamily.BERT, List.of());
    }

    @Test
    void numbers_of_64_bits_are_rounded() throws IOException {
        String header = "{\"a\": {\"dtype\": \"F64\", \"shape\": [2], \"data_offsets\": [0, 16]}}";
        ByteBuffer file = ByteBuffer.allocate(8 + header.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length())
                .put(header.getBytes(StandardCharsets.UTF_8))
                .putDouble(0.1)
                .putDouble(-3);
        Files.write(weights(), file.array());

        assertThat(Safetensors.open(weights()).tensor("a").toFloats()).containsExactly(0.1f, -3f);
    }

    @Test
    void an_adapter_says_what_to_merge() throws IOException {
        written(EncoderFamily.BERT);
        Files.writeString(
                folder.resolve("adapter_config.json"),
                "{\"peft_type\": \"LORA\", \"base_model_name_or_path\": \"org/base\"}");
        Files.move(weights(), folder.resolve("adapter_model.safetensors"));
        isRefused("holds an adapter", "org/base", "merge_and_unload");
        Files.delete(folder.resolve("config.json"));
        isRefused("holds an adapter", "org/base", "merge_and_unload");
    }

    @Test
    void an_adapter_that_is_not_merged_is_recognised_by_its_weights() {
        rename(written(EncoderFamily.BERT), name -> name.replace("self.query.", "self.query.base_layer."));
        isRefused("self.query.weight", "merge_and_unload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tf_model.h5|from_tf=True", "flax_model.msgpack|from_flax=True", "w.safetensors|w.safetensors"})
    void weights_in_another_file_are_named(String fileAndWord) throws IOException {
        String[] parts = fileAndWord.split("\\|");
        written(EncoderFamily.BERT);
        Files.move(weights(), folder.resolve(parts[0]));
        isRefused(parts);
    }

    private void edit(String before, String after) throws IOException {
        Path config = folder.resolve("config.json");
        String text = Files.readString(config);
        assertThat(text).contains(before);
        Files.writeString(config, text.replace(before, after));
    }

    @Test
    void a_decoder_is_refused() throws IOException {
        written(EncoderFamily.BERT);
        edit("\"hidden_act\"", "\"is_decoder\": true, \"hidden_act\"");
        isRefused("config.json", "is_decoder", "read in both directions");
    }

    @ParameterizedTest
    @EnumSource
    void a_configuration_without_model_type_says_what_to_add(EncoderFamily family) throws IOException {
        written(family);
        edit("\"model_type\" : \"" + family.modelType() + "\",", "");
        isRefused("has no \"model_type\"", "Add \"model_type\": \"" + family.modelType() + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden_dropout_prob", "attention_probs_dropout_prob"})
    void a_share_that_is_none_is_refused(String field) throws IOException {
        written(EncoderFamily.BERT);
        edit("\"" + field + "\" : ", "\"" + field + "\" : 1");
        isRefused("config.json has " + field, "a number from 0 up to 1");
    }

    @Test
    void a_byte_order_mark_is_passed_over_in_both_files_of_text() throws IOException {
        written(EncoderFamily.BERT);
        for (String name : List.of("config.json", "tokenizer.json")) {
            Path file = folder.resolve(name);
            Files.writeString(file, "\uFEFF" + Files.readString(file));
        }
        isRead(EncoderFamily.BERT, List.of());
        assertThat(ModelFolder.tokenizerJson(InputFolder.anywhere(folder))).isEqualTo("{}");
    }

    @Test
    void a_tokenizer_that_is_not_utf8_is_refused() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "\"ä\"", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> ModelFolder.tokenizerJson(InputFolder.anywhere(folder)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("tokenizer.json is not UTF-8 text");
    }
}
