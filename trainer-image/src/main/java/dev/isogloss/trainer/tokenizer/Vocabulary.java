package dev.isogloss.trainer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The tokens of a `tokenizer.json`, with the ids that Hugging Face's `tokenizers` gives them.
final class Vocabulary {
    private final List<@Nullable String> tokens = new ArrayList<>();
    private final Map<String, Integer> model;
    private final Map<String, Integer> added = new LinkedHashMap<>();
    private final Set<Integer> specials = new TreeSet<>();
    private final BitSet taken = new BitSet();
    private final WordMarks marks;
    private final OptionalInt padId;
    private final String place;
    private int next;
    private int moved;
    private String firstMoved = "";

    private Vocabulary(JsonNode tree, FilePieces pieces, String place) {
        this.place = place;
        this.marks = WordMarks.of(tree);
        this.model = pieces.ids();
        if (pieces.mistake() != null)
            throw new InvalidInput("%s gives %s in model.vocab; an id is a whole number from 0 on."
                    .formatted(place, pieces.mistake()));
        if (model.isEmpty())
            throw new InvalidInput(place + " has no vocabulary (model.vocab): it is no tokenizer.json. Write it with "
                    + "AutoTokenizer.from_pretrained(NAME, use_fast=True).save_pretrained(FOLDER).");
        model.values().forEach(taken::set);
        next = pieces.size();
        for (JsonNode token : tree.path("added_tokens")) add(token);
        model.forEach((token, id) -> name(id, token));
        added.forEach((token, id) -> name(id, token));
        padId = padding(tree.path("padding").path("pad_token").asText(""));
    }

    /// @param tree the file without the pieces of its model
    static Vocabulary of(JsonNode tree, FilePieces pieces, String place) {
        return new Vocabulary(tree, pieces, place);
    }

    /// An added token that the model does not have comes after all others, whatever id its entry states: so does the
    /// library, in Python as here.
    private void add(JsonNode token) {
        String content = token.path("content").asText();
        if (content.isEmpty()) return;
        int stated = token.path("id").asInt(-1);
        OptionalInt known = id(content);
        int id = known.orElse(next);
        if (known.isEmpty() && taken.get(id))
            throw new InvalidInput(("%s has ids with gaps in model.vocab: the added token %s would get the id %d, which"
                            + " a piece has. Number the pieces from 0 on without gaps.")
                    .formatted(place, content, id));
        if (id != stated) moved(content, stated, id);
        next = Math.max(next, id + 1);
        added.put(content, id);
        if (token.path("special").asBoolean()) specials.add(id);
    }

    private void moved(String token, int stated, int id) {
        if (moved++ == 0) firstMoved = "%s has the id %d in the file and is read as %d".formatted(token, stated, id);
    }

    private void name(int id, String token) {
        while (tokens.size() <= id) tokens.add(null);
        tokens.set(id, token);
    }

    /// By its usual names, then by what its own name says. Only for comparison: an encoder's config.json says what it
    /// is padded with.
    private OptionalInt padding(String named) {
        for (String name : List.of(named, "[PAD]", "<pad>")) {
            OptionalInt id = id(name);
            if (id.isPresent()) return id;
        }
        return added.entrySet().stream()
                .filter(token -> token.getKey().replaceAll("[^A-Za-z]", "").matches("(?i)pad|padding|padtoken"))
                .mapToInt(Map.Entry::getValue)
                .findFirst();
    }

    /// The id of a piece that the model itself has, without added tokens.
    OptionalInt modelId(String token) {
        Integer id = model.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    OptionalInt id(String token) {
        Integer id = added.get(token);
        return id == null ? modelId(token) : OptionalInt.of(id);
    }

    int size() {
        return tokens.size();
    }

    OptionalInt padId() {
        return padId;
    }

    OptionalInt maskId() {
        OptionalInt id = id("[MASK]");
        return id.isPresent() ? id : id("<mask>");
    }

    Set<Integer> specialIds() {
        return Set.copyOf(specials);
    }

    /// What texts are searched for before anything else is done to them.
    Set<String> added() {
        return added.keySet();
    }

    boolean continuesWord(int id) {
        String token = named(id);
        return token != null && !specials.contains(id) && marks.continuesWord(token);
    }

    String token(int id) {
        String token = named(id);
        return token == null ? "" : token;
    }

    private @Nullable String named(int id) {
        return id >= 0 && id < tokens.size() ? tokens.get(id) : null;
    }

    /// What the library makes of added tokens otherwise than the file says, or nothing.
    Optional<String> note() {
        return moved == 0
                ? Optional.empty()
                : Optional.of(("%s gives %,d of its added tokens ids that the library does not keep, in Python as here:"
                                + " %s")
                        .formatted(place, moved, firstMoved));
    }
}
