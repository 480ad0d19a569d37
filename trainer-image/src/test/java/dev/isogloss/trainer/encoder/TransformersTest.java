package dev.isogloss.trainer.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.isogloss.api.encoder.Precision;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.tensor.Dropout;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders in both directions between us and Python's transformers. Runs where ISOGLOSS_PYTHON names a Python that
/// has torch and transformers.
class TransformersTest {

    private static final double TOLERANCE = 2e-5;
    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final String TOKENIZER = """
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [{"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false,
                               "normalized": false, "special": true}],
             "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "vocab": {"[PAD]": 0, "a": 1, "b": 2}, "unk_token": "[PAD]"}}
            """;

    @TempDir
    private Path parent;

    @BeforeAll
    static void needsPython() {
        assumeTrue(
                System.getenv("ISOGLOSS_PYTHON") != null, "ISOGLOSS_PYTHON is not set: transformers is not compared");
    }

    @Test
    void python_opens_what_we_write_and_computes_the_same() throws Exception {
        List<Path> folders = new ArrayList<>();
        try (Scope _ = Scope.open()) {
            for (EncoderFamily family : EncoderFamily.values()) {
                for (HeadKind head : classifying()) {
                    Path folder = parent.resolve(head.architecture(family));
                    try (Encoder encoder = Fixtures.encoder(family)) {
                        ModelFolder.write(folder, encoder, head, headWeights(family, head), LABELS, TOKENIZER);
                        writeIds(folder, Fixtures.filled(encoder.config(), 9, 14, 3));
                    }
                    folders.add(folder);
                }
            }
            python(Stream.concat(Stream.of("logits"), folders.stream().map(Path::toString)));
            for (Path folder : folders) {
                assertThat(largestDifference(folder)).as(folder.toString()).isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void we_open_what_python_writes_and_compute_the_same() throws Exception {
        python(Stream.of("make", parent.toString()));
        try (Scope _ = Scope.open();
                Stream<Path> folders = Files.list(parent)) {
            List<Path> all = folders.toList();
            assertThat(all).hasSize(9);
            for (Path folder : all) {
                assertThat(largestDifference(folder)).as(folder.toString()).isLessThan(TOLERANCE);
            }
        }
    }

    private static List<HeadKind> classifying() {
        return Arrays.stream(HeadKind.values()).filter(h -> h != HeadKind.None).toList();
    }

    private static Map<String, Tensor> headWeights(EncoderFamily family, HeadKind head) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        boolean twoLayers = head == HeadKind.SequenceClassification && family != EncoderFamily.BERT;
        if (twoLayers) {
            linear(weights, "classifier.dense", 32, 32);
            linear(weights, "classifier.out_proj", 3, 32);
        } else if (head != HeadKind.MaskedLanguageModel) {
            linear(weights, "classifier", 3, 32);
        }
        return weights;
    }

    private static void linear(Map<String, Tensor> weights, String name, int out, int in) {
        RandomStream stream = RandomStream.of(9, name);
        weights.put(name + ".weight", Tensor.of(stream.gaussians(out * in, 0.2), out, in));
        weights.put(name + ".bias", Tensor.of(stream.gaussians(out, 0.2), out));
    }

    private static void writeIds(Path folder, TokenBatch batch) {
        float[] mask = new float[batch.ids().length];
        for (int p = 0; p < mask.length; p++) {
            mask[p] = p % batch.width() < batch.lengths()[p / batch.width()] ? 1 : 0;
        }
        Safetensors.write(
                folder.resolve("ids.safetensors"),
                Map.of(
                        "input_ids", Tensor.of(batch.ids(), batch.texts(), batch.width()),
                        "token_type_ids", Tensor.of(batch.types(), batch.texts(), batch.width()),
                        "attention_mask", Tensor.of(mask, batch.texts(), batch.width())),
                Map.of());
    }

    private static TokenBatch readIds(Path folder) {
        Safetensors given = Safetensors.open(folder.resolve("ids.safetensors"));
        Tensor ids = given.tensor("input_ids");
        int[] lengths = Arrays.stream(
                        given.tensor("attention_mask").sum(1, false).toLongs())
                .mapToInt(Math::toIntExact)
                .toArray();
        return new TokenBatch(ids.toLongs(), given.tensor("token_type_ids").toLongs(), lengths, (int) ids.size(1));
    }

    private static double largestDifference(Path folder) {
        ModelFolder model = ModelFolder.read(InputFolder.anywhere(folder));
        try (Encoder encoder = model.encoder()) {
            TokenBatch filled = readIds(folder);
            Tensor ours = logits(model, Fixtures.packed(filled, encoder.config().padId()));
            Tensor theirs =
                    Safetensors.open(folder.resolve("logits.safetensors")).tensor("logits");
            return Fixtures.largestDifference(ours, theirs.rank() == 3 ? Fixtures.tokens(theirs, filled) : theirs);
        }
    }

    private static Tensor logits(ModelFolder model, TokenBatch batch) {
        Encoder encoder = model.encoder();
        EncoderOutput encoded = encoder.encode(batch, OutputRequest.all(), Dropout.none(), Precision.Float32);
        Tensor first = encoded.first();
        Tensor last = Fixtures.tokens(encoded.last(), batch);
        return switch (model.head()) {
            case MaskedLanguageModel -> encoder.maskedLogits(last);
            case TokenClassification -> apply(model, "classifier", last);
            case SequenceClassification ->
                encoder.config().family() == EncoderFamily.BERT
                        ? apply(model, "classifier", encoder.pooled(first))
                        : apply(
                                model,
                                "classifier.out_proj",
                                apply(model, "classifier.dense", first).tanh());
            case None -> last;
        };
    }

    private static Tensor apply(ModelFolder model, String name, Tensor x) {
        return x.linear(weight(model, name + ".weight"), weight(model, name + ".bias"));
    }

    private static Tensor weight(ModelFolder model, String name) {
        return Objects.requireNonNull(model.headWeights().get(name), name);
    }

    private static void python(Stream<String> arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(System.getenv("ISOGLOSS_PYTHON"), "src/test/python/folders.py"), arguments)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
