package dev.isogloss.trainer.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.json.JsonMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A `tokenizer.json` before it is opened: what it says, and what the native library is to read, made safe where the
/// file would make it fail at the first unknown character.
///
/// @param tree   without the pieces of the model and their merges
/// @param unkId  the piece for what no other piece covers
/// @param notes  sentences about what the file leaves open
/// @param mended whether `tree` says of the model what the file does not
record TokenizerFile(
        String json, ObjectNode tree, Vocabulary vocabulary, int unkId, List<String> notes, boolean mended) {
    private static final List<String> UNKNOWN = List.of("[UNK]", "<unk>");

    static TokenizerFile of(String json, String place) {
        ObjectNode tree = Json.PLAIN.createObjectNode();
        FilePieces pieces;
        try {
            pieces = read(json, tree, place);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(place + " is not JSON: " + JsonMistake.inWords(e) + ".", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SpecialTemplates.check(tree.path("post_processor"), place);
        Vocabulary vocabulary = Vocabulary.of(tree, pieces, place);
        List<String> notes = new ArrayList<>();
        vocabulary.note().ifPresent(notes::add);
        JsonNode stated = tree.path("model").deepCopy();
        int unknown = unknown(tree, pieces.size(), vocabulary, place, notes);
        boolean mended = !stated.equals(tree.path("model"));
        return new TokenizerFile(json, tree, vocabulary, unknown, List.copyOf(notes), mended);
    }

    private static FilePieces read(String json, ObjectNode tree, String place) throws IOException {
        FilePieces pieces = FilePieces.NONE;
        try (JsonParser parser = Json.PLAIN.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                throw new InvalidInput(place + " is not a JSON object.");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                boolean object = parser.nextToken() == JsonToken.START_OBJECT;
                if (name.equals("model") && object) pieces = model(parser, tree.putObject(name));
                else tree.set(name, parser.readValueAsTree());
            }
        }
        return pieces;
    }

    private static FilePieces model(JsonParser parser, ObjectNode model) throws IOException {
        FilePieces pieces = FilePieces.NONE;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "vocab" -> pieces = FilePieces.read(parser);
                case "merges" -> parser.skipChildren();
                default -> model.set(name, parser.readValueAsTree());
            }
        }
        return pieces;
    }

    /// The whole file as a tree, with what was mended, written anew. What is forgiven here, such as half a surrogate
    /// pair or a name that stands twice, is gone then, and so are truncation and padding of an earlier run.
    String rewritten() {
        try {
            ObjectNode whole = (ObjectNode) Json.PLAIN.readTree(json);
            whole.putNull("truncation").putNull("padding");
            ((ObjectNode) whole.get("model")).setAll((ObjectNode) tree.get("model"));
            return whole.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read is not readable any more", e);
        }
    }

    /// The library takes the model's word for the unknown piece, and fails in the middle of a run where there is none.
    private static int unknown(ObjectNode tree, int pieces, Vocabulary vocabulary, String place, List<String> notes) {
        if (!(tree.path("model") instanceof ObjectNode model))
            throw new InvalidInput(place + " has no model: it is no tokenizer.json.");
        return switch (model.path("type").asText("")) {
            case "Unigram" -> unigram(model, pieces, vocabulary, place, notes);
            case "BPE" -> bytePair(model, tree, vocabulary, place, notes);
            default -> named(model, vocabulary, place, notes);
        };
    }

    private static int unigram(ObjectNode model, int pieces, Vocabulary vocabulary, String place, List<String> notes) {
        JsonNode stated = model.path("unk_id");
        if (stated.canConvertToInt() && stated.asInt() >= 0 && stated.asInt() < pieces) return stated.asInt();
        int id = fallback(vocabulary)
                .orElseThrow(() -> new InvalidInput(("%s says in model.unk_id which piece stands for unknown"
                                + " characters: %s. It must be a number from 0 to %d, and no piece is called %s. Write"
                                + " the id of the unknown piece.")
                        .formatted(
                                place,
                                stated.isMissingNode() ? "nothing" : stated,
                                pieces - 1,
                                String.join(" or ", UNKNOWN))));
        model.put("unk_id", id);
        notes.add("%s names no unknown piece (model.unk_id is %s); %s, id %d, is taken"
                .formatted(place, stated.isMissingNode() ? "missing" : stated, vocabulary.token(id), id));
        return id;
    }

    private static int named(ObjectNode model, Vocabulary vocabulary, String place, List<String> notes) {
        String stated = model.path("unk_token").asText("");
        OptionalInt known = vocabulary.modelId(stated);
        if (known.isPresent()) return known.getAsInt();
        int id = fallback(vocabulary)
                .orElseThrow(() -> new InvalidInput(("%s has no unknown token among its pieces (model.unk_token is"
                                + " \"%s\", looked for %s as well). Add it to model.vocab.")
                        .formatted(place, stated, String.join(", ", UNKNOWN))));
        model.put("unk_token", vocabulary.token(id));
        notes.add("%s has no piece called \"%s\" (model.unk_token); %s, id %d, stands for unknown characters"
                .formatted(place, stated, vocabulary.token(id), id));
        return id;
    }

    /// Vocabularies of bytes know everything. Others without an unknown token leave out what they do not know, in
    /// Python as here.
    private static int bytePair(
            ObjectNode model, ObjectNode tree, Vocabulary vocabulary, String place, List<String> notes) {
        boolean bytes = model.path("byte_fallback").asBoolean()
                || (tree.path("pre_tokenizer") + " " + tree.path("normalizer")).contains("ByteLevel");
        OptionalInt stated = vocabulary.id(model.path("unk_token").asText(""));
        if (bytes && stated.isPresent()) return stated.getAsInt();
        if (model.path("unk_token").isTextual()) return named(model, vocabulary, place, notes);
        if (!bytes)
            notes.add(place + " names no unknown token (model.unk_token is null): characters that no piece covers are"
                    + " left out of texts");
        return Stream.of("<unk>", "[UNK]", "<|endoftext|>", "</s>")
                .map(vocabulary::id)
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElseThrow(() -> new InvalidInput(("%s has no unknown token (looked for %s), which words of white"
                                + " space alone are read as. Add <unk> to added_tokens.")
                        .formatted(place, String.join(", ", UNKNOWN))));
    }

    private static OptionalInt fallback(Vocabulary vocabulary) {
        return UNKNOWN.stream()
                .map(vocabulary::modelId)
                .flatMapToInt(OptionalInt::stream)
                .findFirst();
    }
}
