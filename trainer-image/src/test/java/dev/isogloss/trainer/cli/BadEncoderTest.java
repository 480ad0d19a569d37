package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.encoder.Safetensors;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder of a published encoder is spoilt: the command says in a paragraph what is wrong with it, and with a sound
/// folder the same command succeeds.
class BadEncoderTest {
    @TempDir
    Path folder;

    private SmallExperiment experiment;
    private Path weights;

    @BeforeEach
    void soundToBeginWith() throws IOException {
        experiment = new SmallExperiment(folder);
        weights = experiment.encoder().resolve("model.safetensors");
    }

    private void mended() throws IOException {
        SmallExperiment.writeEncoder(experiment.encoder());
        experiment.runs();
    }

    private void edit(String file, String before, String after) throws IOException {
        Path path = experiment.encoder().resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(before);
        Files.writeString(path, text.replace(before, after));
    }

    @Test
    void truncated_weights_are_refused() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.setLength(file.length() - 100);
        }
        experiment.refused("FOLDER/encoders/tiny/model.safetensors is truncated", "Fetch or copy it again");
        mended();
    }

    @Test
    void a_pointer_in_place_of_weights_is_recognised() throws IOException {
        Files.writeString(weights, "version https://git-lfs.github.com/spec/v1\noid sha256:1234\nsize 1\n");
        experiment.refused("model.safetensors", "LFS");
        mended();
    }

    @Test
    void weights_of_another_shape_are_refused() throws IOException {
        edit("config.json", "\"hidden_size\" : 16", "\"hidden_size\" : 32");
        experiment.refused("word_embeddings.weight", "has the shape [90, 16]; by config.json it should be [90, 32]");
        mended();
    }

    @Test
    void layers_without_weights_are_refused() throws IOException {
        edit("config.json", "\"num_hidden_layers\" : 1", "\"num_hidden_layers\" : 2");
        experiment.refused("config.json says there should be a weight bert.encoder.layer.1.");
        mended();
    }

    @Test
    void heads_that_do_not_divide_the_hidden_size_are_refused() throws IOException {
        edit("config.json", "\"num_attention_heads\" : 2", "\"num_attention_heads\" : 3");
        experiment.refused("config.json", "num_attention_heads");
        mended();
    }

    @Test
    void weights_that_are_no_numbers_are_refused() throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.read(weights));
            String name = "bert.encoder.layer.0.output.dense.bias";
            tensors.put(name, Tensor.full(Double.NaN, tensors.get(name).shape()));
            Safetensors.write(weights, tensors, Map.of());
        }
        experiment.refused("NaN", "output.dense.bias");
        mended();
    }

    @Test
    void a_pickle_is_refused() throws IOException {
        Files.move(weights, experiment.encoder().resolve("pytorch_model.bin"));
        experiment.refused("Python pickle (pytorch_model.bin)", "save_pretrained");
        mended();
    }

    @Test
    void a_folder_that_is_not_there_is_named() throws IOException {
        experiment.with("path: tiny", "path: tinny");
        experiment.refused("There is no folder FOLDER/encoders/tinny", "spec.encoder.location");
        experiment.with("path: tinny", "path: tiny");
        mended();
    }

    @Test
    void a_folder_without_tokenizer_says_how_to_make_one() throws IOException {
        Files.delete(experiment.encoder().resolve("tokenizer.json"));
        experiment.refused("has no tokenizer.json", "save_pretrained");
        mended();
    }

    @Test
    void a_tokenizer_that_is_no_json_is_refused() throws IOException {
        Files.writeString(experiment.encoder().resolve("tokenizer.json"), "{\"model\": ");
        experiment.refused("tokenizer.json");
        mended();
    }

    @Test
    void json_that_is_no_tokenizer_is_refused() throws IOException {
        Files.writeString(experiment.encoder().resolve("tokenizer.json"), "{\"model\": {}}");
        experiment.refused("tokenizer.json");
        mended();
    }

    @Test
    void a_tokenizer_with_more_pieces_than_the_encoder_has_rows_is_refused() throws IOException {
        String more = IntStream.range(0, 90)
                .mapToObj(
                        "{\"id\":0,\"content\":\"<new%d>\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true},"
                                ::formatted)
                .collect(Collectors.joining());
        edit("tokenizer.json", "\"added_tokens\":[", "\"added_tokens\":[" + more);
        experiment.refused("tokenizer.json has ids up to", "only 90 rows", "resize_token_embeddings");
        mended();
    }

    @Test
    void inputs_longer_than_the_encoder_has_positions_for_are_refused() throws IOException {
        experiment.with("maxLength: 16", "maxLength: 65");
        experiment.refused("spec.encoder.maxLength is 65", "Set it to at most 64");
        experiment.with("maxLength: 65", "maxLength: 64");
        mended();
    }

    @Test
    void a_configuration_that_is_no_json_is_refused() throws IOException {
        Files.writeString(experiment.encoder().resolve("config.json"), "{\"model_type\": \"bert\",");
        experiment.refused("config.json:1:23: cannot be read as JSON");
        mended();
    }

    @Test
    void a_broken_encoder_is_told_before_the_first_step() throws IOException {
        Files.move(weights, experiment.encoder().resolve("pytorch_model.bin"));
        assertThat(experiment.refused("Python pickle")).doesNotContain("started", "fineTune en", "INFO");
        SmallExperiment.writeEncoder(experiment.encoder());
        edit("tokenizer.json", "\"[UNK]\":1", "\"[ANY]\":1");
        edit("tokenizer.json", "\"content\":\"[UNK]\"", "\"content\":\"[ANY]\"");
        assertThat(experiment.refused("model.unk_token")).doesNotContain("fineTune en");
        mended();
    }

    @Test
    void padding_that_config_and_tokenizer_number_differently_gets_a_note() throws IOException {
        edit("config.json", "\"pad_token_id\" : 0", "\"pad_token_id\" : 1");
        assertThat(experiment.runs())
                .contains("config.json pads with id 1", "is [UNK]", "padding in its tokenizer.json is [PAD], id 0");
    }

    @Test
    void texts_without_special_tokens_around_them_get_a_note_and_may_be_empty() throws IOException {
        String tokenizer = Files.readString(experiment.encoder().resolve("tokenizer.json"));
        Files.writeString(
                experiment.encoder().resolve("tokenizer.json"),
                tokenizer.replaceFirst("\"post_processor\":.*,\"decoder\"", "\"post_processor\":null,\"decoder\""));
        experiment.write(
                "data/en/test.jsonl", SmallExperiment.line("\\u0007", "good") + SmallExperiment.line("sour", "bad"));
        assertThat(experiment.runs()).contains("post_processor is null");
    }

    @Test
    void texts_that_come_to_nothing_but_unknown_pieces_are_counted() throws IOException {
        experiment.write(
                "data/de/test.jsonl",
                SmallExperiment.line("ฉันรักเธอ".repeat(20), "good") + SmallExperiment.line("die zitrone", "bad"));
        assertThat(experiment.runs())
                .contains("1 of 2 texts of test of de (50.0 %) are nothing but unknown pieces")
                .contains("1 words of test of de have more than 100 characters");
    }
}
