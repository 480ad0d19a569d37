package dev.isogloss.trainer.encoder;

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
        Set<String> tokens = new HashSet<>();
        for (JsonNode token : Json.PLAIN.readTree(tokenizerJson).path("added_tokens")) {
            tokens.add(token.path("content").asText());
        }
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
}
