package dev.isogloss.trainer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The tokens of a `tokenizer.json`.
final class Vocabulary {
    private final List<@Nullable String> tokens;
    private final Map<String, Integer> ids;
    private final Set<Integer> specials = new TreeSet<>();
    private final BitSet continuing = new BitSet();
    private final int padId;
    private final int unkId;

    private Vocabulary(List<@Nullable String> tokens, Map<String, Integer> ids, JsonNode tree, String place) {
        this.tokens = tokens;
        this.ids = ids;
        for (JsonNode added : tree.path("added_tokens"))
            if (added.path("special").asBoolean()) specials.add(added.path("id").asInt());
        JsonNode model = tree.path("model");
        int unknown = model.path("unk_id").asInt(-1);
        unkId = unknown >= 0
                ? unknown
                : required(place, "unknown", model.path("unk_token").asText(""), "[UNK]", "<unk>");
        padId = required(
                place, "padding", tree.path("padding").path("pad_token").asText(""), "[PAD]", "<pad>");
        String prefix = model.path("continuing_subword_prefix").asText("");
        boolean metaspace = tree.path("pre_tokenizer").toString().contains("Metaspace");
        for (int id = 0; id < tokens.size(); id++) {
            String token = tokens.get(id);
            if (token == null || specials.contains(id)) continue;
            if (metaspace ? !token.startsWith("▁") : !prefix.isEmpty() && token.startsWith(prefix)) continuing.set(id);
        }
    }

    static Vocabulary of(JsonNode tree, String place) {
        JsonNode vocabulary = tree.path("model").path("vocab");
        Map<String, Integer> ids = new HashMap<>();
        if (vocabulary.isObject())
            vocabulary
                    .properties()
                    .forEach(e -> ids.put(e.getKey(), e.getValue().asInt()));
        else
            for (int i = 0; i < vocabulary.size(); i++)
                ids.put(vocabulary.get(i).path(0).asText(), i);
        for (JsonNode added : tree.path("added_tokens"))
            ids.put(added.path("content").asText(), added.path("id").asInt());
        if (ids.isEmpty())
            throw new InvalidInput(place + " has no vocabulary (model.vocab): it is no tokenizer.json. Write it with "
                    + "AutoTokenizer.from_pretrained(NAME, use_fast=True).save_pretrained(FOLDER).");
        int size = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        List<@Nullable String> tokens = new ArrayList<>(size);
        for (int i = 0; i < size; i++) tokens.add(null);
        ids.forEach((token, id) -> tokens.set(id, token));
        return new Vocabulary(tokens, ids, tree, place);
    }

    private int required(String place, String what, String... names) {
        for (String name : names) {
            Integer id = ids.get(name);
            if (id != null) return id;
        }
        throw new InvalidInput("%s has no %s token (looked for %s)."
                .formatted(
                        place,
                        what,
                        String.join(
                                ", ",
                                List.of(names).stream()
                                        .filter(n -> !n.isEmpty())
                                        .toList())));
    }

    int size() {
        return tokens.size();
    }

    int padId() {
        return padId;
    }

    int unkId() {
        return unkId;
    }

    OptionalInt maskId() {
        Integer id = ids.getOrDefault("[MASK]", ids.get("<mask>"));
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    Set<Integer> specialIds() {
        return Set.copyOf(specials);
    }

    boolean continuesWord(int id) {
        return continuing.get(id);
    }

    String token(int id) {
        String token = id >= 0 && id < tokens.size() ? tokens.get(id) : null;
        return token == null ? "" : token;
    }
}
