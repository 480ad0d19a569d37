package dev.isogloss.trainer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// The ways in which pieces show where words begin: `##` before a piece inside a word (WordPiece), `▁` before the first
/// piece (Metaspace), `Ġ`, a space as a byte-level vocabulary writes it, or nothing that a piece shows by itself.
sealed interface WordMarks {
    boolean continuesWord(String piece);

    /// A piece without its mark.
    default String text(String piece) {
        return switch (this) {
            case Inside(String prefix) -> without(prefix, piece);
            case Begin(String prefix) -> without(prefix, piece);
            case Bytes _, Unknown _ -> piece;
        };
    }

    private static String without(String prefix, String piece) {
        return piece.startsWith(prefix) ? piece.substring(prefix.length()) : piece;
    }

    record Inside(String prefix) implements WordMarks {
        @Override
        public boolean continuesWord(String piece) {
            return piece.startsWith(prefix);
        }
    }

    record Begin(String prefix) implements WordMarks {
        @Override
        public boolean continuesWord(String piece) {
            return !piece.startsWith(prefix);
        }
    }

    record Bytes() implements WordMarks {
        /// Space, line feed, tab, carriage return.
        private static final String SPACES = "ĠĊĉč";

        @Override
        public boolean continuesWord(String piece) {
            return piece.isEmpty() || SPACES.indexOf(piece.charAt(0)) < 0;
        }
    }

    record Unknown() implements WordMarks {
        @Override
        public boolean continuesWord(String piece) {
            return false;
        }
    }

    static WordMarks of(JsonNode tree) {
        JsonNode preTokenizer = tree.path("pre_tokenizer");
        Optional<JsonNode> metaspace = preTokenizer(preTokenizer, "Metaspace");
        if (metaspace.isPresent())
            return new Begin(metaspace.get().path("replacement").asText("▁"));
        String prefix = tree.path("model").path("continuing_subword_prefix").asText("");
        if (!prefix.isEmpty()) return new Inside(prefix);
        if (preTokenizer(preTokenizer, "ByteLevel").isPresent()) return new Bytes();
        return tree.path("normalizer").toString().contains("▁") ? new Begin("▁") : new Unknown();
    }

    /// True if texts mark words by the space before them, and words that come split would go without: roberta-base as
    /// its file stands, where Python insists on `add_prefix_space=True`.
    static boolean splitWordsLackSpace(JsonNode tree) {
        JsonNode preTokenizer = tree.path("pre_tokenizer");
        return preTokenizer(preTokenizer, "ByteLevel")
                        .filter(node -> !node.path("add_prefix_space").asBoolean(true))
                        .isPresent()
                || preTokenizer(preTokenizer, "Metaspace")
                        .filter(WordMarks::prependsNever)
                        .isPresent();
    }

    private static boolean prependsNever(JsonNode metaspace) {
        JsonNode scheme = metaspace.path("prepend_scheme");
        return scheme.isTextual()
                ? scheme.asText().equals("never")
                : !metaspace.path("add_prefix_space").asBoolean(true);
    }

    /// The one of this type, alone or in a sequence.
    private static Optional<JsonNode> preTokenizer(JsonNode node, String type) {
        if (node.path("type").asText().equals(type)) return Optional.of(node);
        for (JsonNode part : node.path("pretokenizers")) {
            Optional<JsonNode> found = preTokenizer(part, type);
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }
}
