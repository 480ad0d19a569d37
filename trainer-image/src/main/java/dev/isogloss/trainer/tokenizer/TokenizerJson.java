package dev.isogloss.trainer.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Writes `tokenizer.json`, the format of Hugging Face's `tokenizers`.
final class TokenizerJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String MASK = "<mask>";

    private TokenizerJson() {}

    /// BERT: `[CLS] a [SEP]`, `[CLS] a [SEP] b [SEP]`.
    ///
    /// @param vocabulary in the order of ids, special tokens first
    static String wordPiece(List<String> vocabulary, boolean lowercase) {
        ObjectNode root = NODES.objectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < WordPieceTrainer.SPECIALS.size(); id++) added.add(special(id, vocabulary.get(id), false));
        root.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", lowercase);
        root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        ObjectNode template = root.putObject("post_processor").put("type", "TemplateProcessing");
        template.set("single", template("[CLS]:0", "A:0", "[SEP]:0"));
        template.set("pair", template("[CLS]:0", "A:0", "[SEP]:0", "B:1", "[SEP]:1"));
        template.putObject("special_tokens")
                .<ObjectNode>set("[CLS]", token("[CLS]", 2))
                .set("[SEP]", token("[SEP]", 3));
        root.putObject("decoder")
                .put("type", "WordPiece")
                .put("prefix", Merges.PREFIX)
                .put("cleanup", false);
        ObjectNode model = root.putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", Merges.PREFIX)
                .put("max_input_chars_per_word", WordPieceTrainer.LONGEST_WORD);
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < vocabulary.size(); id++) ids.put(vocabulary.get(id), id);
        return root.toString();
    }

    /// XLM-R: `<s> a </s>`, `<s> a </s></s> b </s>`; ids 0 to 3 are special, the mask is the last.
    ///
    /// @param pieces by falling score
    static String unigram(List<String> pieces, double[] scores, boolean lowercase) {
        int mask = UnigramTrainer.SPECIALS.size() + pieces.size();
        ObjectNode root = NODES.objectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < UnigramTrainer.SPECIALS.size(); id++)
            added.add(special(id, UnigramTrainer.SPECIALS.get(id), false));
        added.add(special(mask, MASK, true));
        ArrayNode steps = root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        steps.addObject().put("type", "NFKC");
        if (lowercase) steps.addObject().put("type", "Lowercase");
        steps.addObject()
                .put("type", "Replace")
                .put("content", " ")
                .set("pattern", NODES.objectNode().put("Regex", "\\s+"));
        steps.addObject().put("type", "Strip").put("strip_left", true).put("strip_right", true);
        root.set("pre_tokenizer", metaspace());
        ObjectNode template = root.putObject("post_processor").put("type", "TemplateProcessing");
        template.set("single", template("<s>:0", "A:0", "</s>:0"));
        template.set("pair", template("<s>:0", "A:0", "</s>:0", "</s>:0", "B:0", "</s>:0"));
        template.putObject("special_tokens")
                .<ObjectNode>set("<s>", token("<s>", 0))
                .set("</s>", token("</s>", 2));
        root.set("decoder", metaspace());
        ObjectNode model = root.putObject("model").put("type", "Unigram").put("unk_id", 3);
        ArrayNode vocabulary = model.putArray("vocab");
        for (String special : UnigramTrainer.SPECIALS)
            vocabulary.addArray().add(special).add(0.0);
        for (int i = 0; i < pieces.size(); i++)
            vocabulary.addArray().add(pieces.get(i)).add(scores[i]);
        vocabulary.addArray().add(MASK).add(0.0);
        model.put("byte_fallback", false);
        return root.toString();
    }

    private static ObjectNode metaspace() {
        return NODES.objectNode()
                .put("type", "Metaspace")
                .put("replacement", "▁")
                .put("prepend_scheme", "always")
                .put("split", true);
    }

    private static ObjectNode special(int id, String content, boolean leftSpace) {
        return NODES.objectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", leftSpace)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    /// A template of `name:type` parts.
    private static ArrayNode template(String... parts) {
        ArrayNode template = NODES.arrayNode();
        for (String part : parts) {
            int colon = part.lastIndexOf(':');
            String name = part.substring(0, colon);
            boolean text = name.equals("A") || name.equals("B");
            template.addObject()
                    .set(
                            text ? "Sequence" : "SpecialToken",
                            NODES.objectNode()
                                    .put("id", name)
                                    .put("type_id", Integer.parseInt(part.substring(colon + 1))));
        }
        return template;
    }

    private static ObjectNode token(String content, int id) {
        ObjectNode token = NODES.objectNode().put("id", content);
        token.putArray("ids").add(id);
        token.putArray("tokens").add(content);
        return token;
    }
}
