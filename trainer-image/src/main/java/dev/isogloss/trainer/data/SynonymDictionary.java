package dev.isogloss.trainer.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.WholeCharacters;
import dev.isogloss.json.JsonMistake;
import dev.isogloss.trainer.files.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A file of words and their neighbours: one JSON object that has a list of words for each word.
///
/// @param neighbours by word, in the file's order; a word may have none
public record SynonymDictionary(Map<String, List<String>> neighbours) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// @throws InvalidInput if the file is something else, or says two things of a word: with file, line and column
    public static SynonymDictionary read(InputFile file) {
        StringBuilder text = new StringBuilder();
        try (Lines lines = Lines.open(file, file.path().toString())) {
            for (String line = lines.next(); line != null; line = lines.next())
                text.append(line).append('\n');
        }
        try (JsonParser json = JSON.createParser(text.toString())) {
            return new SynonymDictionary(object(json, file));
        } catch (JsonProcessingException e) {
            String twice = e.getOriginalMessage().startsWith("Duplicate field")
                    ? "a word occurs twice: put its neighbours into one list"
                    : "this is not JSON: " + JsonMistake.inWords(e);
            throw new InvalidInput("%s:%d:%d: %s."
                    .formatted(
                            file.path(),
                            e.getLocation().getLineNr(),
                            e.getLocation().getColumnNr(),
                            twice));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Map<String, List<String>> object(JsonParser json, InputFile file) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) throw wrong(json, file, "the file holds");
        Map<String, List<String>> neighbours = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String word = WholeCharacters.of(json.currentName());
            json.nextToken();
            neighbours.put(word, words(word, json, file));
        }
        if (json.nextToken() != null) throw wrong(json, file, "behind the object stands");
        return neighbours;
    }

    private static List<String> words(String word, JsonParser json, InputFile file) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY)
            throw wrong(json, file, "the word \"%s\" has".formatted(Excerpt.of(word)));
        List<String> words = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING || json.getText().isBlank())
                throw wrong(json, file, "a neighbour of the word \"%s\" is".formatted(Excerpt.of(word)));
            words.add(WholeCharacters.of(json.getText()));
        }
        return List.copyOf(words);
    }

    private static InvalidInput wrong(JsonParser json, InputFile file, String what) throws IOException {
        return new InvalidInput(
                "%s:%d:%d: %s %s. A dictionary is one JSON object with a list of words for each word: {\"big\": [\"large\"]}."
                        .formatted(
                                file.path(),
                                json.currentTokenLocation().getLineNr(),
                                json.currentTokenLocation().getColumnNr(),
                                what,
                                kind(json)));
    }

    private static String kind(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case null -> "nothing";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "the text \"" + Excerpt.of(json.getText()) + "\"";
            default -> Excerpt.of(json.getText());
        };
    }
}
