package dev.isogloss.trainer.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.files.WholeJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder's `config.json`: the encoder's shape, what stands on it, and the names of its labels.
///
/// @param tied whether a head for words shares the encoder's table
record ConfigFile(EncoderConfig encoder, HeadKind head, List<String> labels, boolean tied) {
    static final String NAME = "config.json";

    private static final int MOST_BYTES = 4 << 20;

    /// Layers of the deepest encoder, and as many again: names of weights are made for each.
    private static final int MOST_LAYERS = 1000;

    ConfigFile(EncoderConfig encoder, HeadKind head, List<String> labels) {
        this(encoder, head, labels, true);
    }

    static ConfigFile read(InputFolder folder) {
        if (!folder.has(NAME)) throw new InvalidInput(MissingWeights.noConfig(folder));
        InputFile file = folder.file(NAME);
        return new Reader(file.path(), WholeJson.of(file, MOST_BYTES)).read();
    }

    private record Reader(Path file, JsonNode root) {

        ConfigFile read() {
            EncoderFamily family = family();
            requireBothDirections();
            require("hidden_act", "gelu");
            require("position_embedding_type", "absolute");
            boolean bert = family == EncoderFamily.BERT;
            int hidden = number("hidden_size");
            int heads = number("num_attention_heads");
            if (hidden % heads != 0)
                throw new InvalidInput(
                        "%s has hidden_size %d and num_attention_heads %d; the first must be a multiple of the second."
                                .formatted(file, hidden, heads));
            int words = number("vocab_size");
            int padding = root.path("pad_token_id").asInt(bert ? 0 : 1);
            if (padding < 0 || padding >= words)
                throw new InvalidInput("%s has pad_token_id %d and vocab_size %d; padding must be one of the words."
                        .formatted(file, padding, words));
            int layers = number("num_hidden_layers");
            if (layers > MOST_LAYERS)
                throw new InvalidInput("%s has num_hidden_layers %d; encoders of %d layers at most are read."
                        .formatted(file, layers, MOST_LAYERS));
            EncoderConfig encoder = new EncoderConfig(
                    family,
                    words,
                    hidden,
                    layers,
                    heads,
                    number("intermediate_size"),
                    number("max_position_embeddings"),
                    root.path("type_vocab_size").asInt(bert ? 2 : 1),
                    fraction("layer_norm_eps", bert ? 1e-12 : 1e-5),
                    padding,
                    fraction("hidden_dropout_prob", 0.1),
                    fraction("attention_probs_dropout_prob", 0.1));
            return new ConfigFile(
                    encoder, head(), labels(), root.path("tie_word_embeddings").asBoolean(true));
        }

        private EncoderFamily family() {
            JsonNode type = root.path("model_type");
            if (!type.isTextual())
                throw new InvalidInput(("%s has no \"model_type\", as files from before transformers 2 do not. Add"
                                + " \"model_type\": \"%s\" to it%s.")
                        .formatted(
                                file,
                                EncoderFamily.guess(root.path("architectures").toString() + file.getParent())
                                        .modelType(),
                                " if that is the encoder's family; Isogloss knows " + EncoderFamily.known()));
            return EncoderFamily.of(type.asText())
                    .orElseThrow(() -> new InvalidInput("%s is of model_type %s; Isogloss knows %s."
                            .formatted(file, type.asText(), EncoderFamily.known())));
        }

        private void requireBothDirections() {
            if (root.path("is_decoder").asBoolean())
                throw new InvalidInput(("%s says is_decoder: true, so every token would read only those before it."
                                + " Isogloss computes encoders, which read in both directions. If the weights were trained"
                                + " that way, set is_decoder to false.")
                        .formatted(file));
        }

        private double fraction(String field, double otherwise) {
            JsonNode node = root.path(field);
            if (node.isMissingNode() || node.isNull()) return otherwise;
            if (node.isNumber() && node.asDouble() >= 0 && node.asDouble() < 1) return node.asDouble();
            throw new InvalidInput("%s has %s %s; it must be a number from 0 up to 1.".formatted(file, field, node));
        }

        private int number(String field) {
            JsonNode node = root.path(field);
            if (!node.canConvertToInt() || node.asInt() < 1) {
                throw new InvalidInput("%s needs a positive whole number %s; it has %s."
                        .formatted(file, field, node.isMissingNode() ? "none" : node));
            }
            return node.asInt();
        }

        private void require(String field, String known) {
            String value = root.path(field).asText(known);
            if (!value.equals(known)) {
                throw new InvalidInput(
                        "%s asks for %s %s; Isogloss computes %s only.".formatted(file, field, value, known));
            }
        }

        private HeadKind head() {
            String architecture = root.path("architectures").path(0).asText("");
            return HeadKind.of(architecture).orElse(HeadKind.None);
        }

        private List<String> labels() {
            List<String> labels = new ArrayList<>();
            JsonNode names = root.path("id2label");
            for (int i = 0; names.has(String.valueOf(i)); i++) {
                labels.add(names.get(String.valueOf(i)).asText());
            }
            return labels;
        }
    }

    void write(Path folder) throws IOException {
        ObjectNode root = Json.PLAIN.createObjectNode();
        EncoderFamily family = encoder.family();
        root.putArray("architectures").add(head.architecture(family));
        root.put("model_type", family.modelType())
                .put("vocab_size", encoder.vocabularySize())
                .put("hidden_size", encoder.hidden())
                .put("num_hidden_layers", encoder.layers())
                .put("num_attention_heads", encoder.heads())
                .put("intermediate_size", encoder.feedForward())
                .put("max_position_embeddings", encoder.maxPositions())
                .put("type_vocab_size", encoder.typeVocabulary())
                .put("layer_norm_eps", encoder.layerNormEpsilon())
                .put("pad_token_id", encoder.padId())
                .put("hidden_dropout_prob", encoder.dropout())
                .put("attention_probs_dropout_prob", encoder.attentionDropout())
                .put("hidden_act", "gelu")
                .put("position_embedding_type", "absolute")
                .put("initializer_range", 0.02)
                .put("torch_dtype", "float32");
        if (head == HeadKind.SequenceClassification || head == HeadKind.TokenClassification) {
            ObjectNode byId = root.putObject("id2label");
            ObjectNode byLabel = root.putObject("label2id");
            for (int i = 0; i < labels.size(); i++) {
                byId.put(String.valueOf(i), labels.get(i));
                byLabel.put(labels.get(i), i);
            }
        }
        Json.PLAIN
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(NAME).toFile(), root);
    }
}
