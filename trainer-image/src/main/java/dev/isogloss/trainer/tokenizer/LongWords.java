package dev.isogloss.trainer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;

/// Words that WordPiece reads as one unknown piece because they are too long: an address, or a whole line of a script
/// that is written without spaces.
record LongWords(int limit, boolean bert, boolean lowercase) {

    static LongWords of(JsonNode tree) {
        JsonNode model = tree.path("model");
        return new LongWords(
                model.path("type").asText("").equals("WordPiece")
                        ? model.path("max_input_chars_per_word").asInt(WordPieceTrainer.LONGEST_WORD)
                        : Integer.MAX_VALUE,
                tree.path("pre_tokenizer").path("type").asText("").equals("BertPreTokenizer"),
                tree.path("normalizer").path("lowercase").asBoolean());
    }

    int count(String text) {
        if (limit == Integer.MAX_VALUE || !mayHoldOne(text)) return 0;
        int[] count = new int[1];
        if (bert) new BertWords(lowercase, word -> count[0] += isLong(word) ? 1 : 0).read(text);
        else for (String word : text.split("\\s+")) count[0] += isLong(word) ? 1 : 0;
        return count[0];
    }

    private boolean isLong(String word) {
        return word.codePointCount(0, word.length()) > limit;
    }

    /// Whether anything stands without a space for long enough: nearly all texts are done with here.
    private boolean mayHoldOne(String text) {
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = BertWords.isSpace(text.charAt(i)) ? 0 : run + 1;
            if (run > limit) return true;
        }
        return false;
    }
}
