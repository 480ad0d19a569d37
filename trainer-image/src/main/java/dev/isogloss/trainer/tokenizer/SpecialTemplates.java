package dev.isogloss.trainer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;

/// The templates by which a `tokenizer.json` puts special tokens around texts. The native library does not look at them
/// before a text is read, and then ends the whole process where one names a token that the file does not explain.
final class SpecialTemplates {
    private SpecialTemplates() {}

    /// @param processor the file's `post_processor`, which may be several in a sequence
    /// @throws InvalidInput if a template names what `special_tokens` does not have, or has without ids
    static void check(JsonNode processor, String place) {
        processor.path("processors").forEach(part -> check(part, place));
        if (!processor.path("type").asText().equals("TemplateProcessing")) return;
        JsonNode tokens = processor.path("special_tokens");
        for (String template : new String[] {"single", "pair"})
            for (JsonNode piece : processor.path(template)) {
                JsonNode special = piece.path("SpecialToken");
                if (special.isMissingNode()) continue;
                String id = special.path("id").asText();
                JsonNode token = tokens.path(id);
                if (!token.path("ids").isArray()
                        || token.path("ids").size() != token.path("tokens").size())
                    throw new InvalidInput(
                            "%s puts %s around texts (post_processor, %s), and its special_tokens %s. Write the file again with save_pretrained."
                                    .formatted(
                                            place,
                                            Excerpt.of(id),
                                            template,
                                            token.isMissingNode()
                                                    ? "do not have it"
                                                    : "do not say as many ids as tokens for it"));
            }
    }
}
