package dev.isogloss.trainer.encoder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `tokenizer_config.json`: tells Python to take `tokenizer.json` as it is, and which of its tokens are special.
final class TokenizerConfig {

    private record Role(String name, List<String> tokens) {}

    private static final List<Role> ROLES = List.of(
            new Role("pad_token", List.of("[PAD]", "<pad>")),
            new Role("unk_token", List.of("[UNK]", "<unk>")),
            new Role("cls_token", List.of("[CLS]", "<s>")),
            new Role("sep_token", List.of("[SEP]", "</s>")),
            new Role("mask_token", List.of("[MASK]", "<mask>")));

    private TokenizerConfig() {}

    static void write(Path folder, String tokenizerJson, int longestInput) throws IOException {
        Set<String> tokens = addedTokens(tokenizerJson);
        ObjectNode root = Json.PLAIN
                .createObjectNode()
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("model_max_length", longestInput);
        for (Role role : ROLES) {
            role.tokens().stream()
                    .filter(tokens::contains)
                    .findFirst()
                    .ifPresent(token -> root.put(role.name(), token));
        }
        Json.PLAIN
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("tokenizer_config.json").toFile(), root);
    }

    /// Read past the pieces of the model, of which there may be hundreds of thousands.
    private static Set<String> addedTokens(String tokenizerJson) throws IOException {
        Set<String> tokens = new HashSet<>();
        try (JsonParser json = Json.PLAIN.createParser(tokenizerJson)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean added = json.currentName().equals("added_tokens");
                json.nextToken();
                if (!added) json.skipChildren();
                else
                    for (JsonNode token : json.<JsonNode>readValueAsTree())
                        tokens.add(token.path("content").asText());
            }
        }
        return tokens;
    }
}
