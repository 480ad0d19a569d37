package dev.isogloss.trainer.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.json.JsonMistake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// A `tokenizer.json`, ready to encode. Texts longer than `maxLength` (special tokens counted) lose their end; of pairs
/// the longer one gives first. Nothing is ever padded. One instance serves any number of threads.
public final class Tokenizer implements AutoCloseable {

    private final String json;
    private final int maxLength;
    private final Vocabulary vocabulary;
    private final HuggingFaceTokenizer cutting;
    private final HuggingFaceTokenizer whole;
    private final int[] before;
    private final int[] after;

    private Tokenizer(String json, JsonNode tree, int maxLength, String place) {
        this.json = json;
        this.maxLength = maxLength;
        vocabulary = Vocabulary.of(tree, place);
        // What a file says about truncation and padding is of an earlier run; ours is said here.
        ObjectNode plain = tree.deepCopy();
        plain.putNull("truncation").putNull("padding");
        whole = open(plain, "false", Integer.MAX_VALUE, place);
        cutting = open(plain, "LONGEST_FIRST", maxLength, place);
        var around = whole.encode("a");
        long[] mask = around.getSpecialTokenMask();
        int first = 0;
        while (first < mask.length && mask[first] == 1) first++;
        int end = mask.length;
        while (end > first && mask[end - 1] == 1) end--;
        int[] ids = ints(around.getIds());
        before = Arrays.copyOfRange(ids, 0, first);
        after = Arrays.copyOfRange(ids, end, ids.length);
        if (maxLength < before.length + after.length + 1)
            throw new InvalidInput(
                    "maxLength %d leaves no room for text: the tokenizer adds %d special tokens to every text."
                            .formatted(maxLength, before.length + after.length));
    }

    /// @param maxLength the longest encoding, special tokens counted
    /// @throws InvalidInput if the file is missing or is no tokenizer
    public static Tokenizer load(Path tokenizerJson, int maxLength) {
        try {
            return of(Files.readString(tokenizerJson), maxLength, tokenizerJson.toString());
        } catch (NoSuchFileException e) {
            throw new InvalidInput(
                    ("There is no %s. A tokenizer is one tokenizer.json file; in Python, "
                                    + "AutoTokenizer.from_pretrained(NAME, use_fast=True).save_pretrained(FOLDER) writes it.")
                            .formatted(tokenizerJson),
                    e);
        } catch (IOException e) {
            throw new InvalidInput(tokenizerJson + " cannot be read: " + e + ".", e);
        }
    }

    /// The same from the file's content.
    public static Tokenizer of(String json, int maxLength) {
        return of(json, maxLength, "The encoder's tokenizer.json");
    }

    private static Tokenizer of(String json, int maxLength, String place) {
        try {
            return new Tokenizer(json, Json.PLAIN.readTree(json), maxLength, place);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(place + " is not JSON: " + JsonMistake.inWords(e) + ".", e);
        }
    }

    private static HuggingFaceTokenizer open(JsonNode tree, String truncation, int maxLength, String place) {
        String most = Integer.toString(maxLength);
        // Without modelMaxLength the library takes every model for BERT and cuts at 512.
        Map<String, String> options =
                Map.of("truncation", truncation, "padding", "false", "maxLength", most, "modelMaxLength", most);
        try {
            byte[] bytes = tree.toString().getBytes(StandardCharsets.UTF_8);
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new InvalidInput(place + " does not open as a tokenizer: " + e.getMessage() + ".", e);
        }
    }

    /// One text between its special tokens.
    public Encoding encode(String text) {
        return encoding(cutting.encode(sound(text)));
    }

    /// Two texts, each between the special tokens of a pair.
    public Encoding encode(String first, String second) {
        return encoding(cutting.encode(sound(first), sound(second)));
    }

    /// A sentence that is already split. A word that comes to nothing (white space, control characters) is the unknown
    /// token, so that words and their tags stay aligned.
    public Encoding encodeWords(List<String> words) {
        List<int[]> pieces = pieces(words);
        int room = maxLength - before.length - after.length;
        int length =
                Math.min(room, pieces.stream().mapToInt(piece -> piece.length).sum());
        int[] ids = new int[length];
        int[] wordIds = new int[length];
        int at = 0;
        for (int word = 0; word < pieces.size() && at < length; word++)
            for (int id : pieces.get(word)) {
                if (at == length) break;
                wordIds[at] = word;
                ids[at++] = id;
            }
        return wrap(ids, wordIds);
    }

    /// The pieces of each word, none of them empty, nothing cut and nothing added: what sliding windows are made of.
    public List<int[]> pieces(List<String> words) {
        if (words.isEmpty()) return List.of();
        var encoded = whole.encode(words.stream().map(Tokenizer::sound).toList(), false, false);
        long[] ids = encoded.getIds();
        long[] wordIds = encoded.getWordIds();
        List<int[]> pieces = new ArrayList<>(words.size());
        int at = 0;
        for (int word = 0; word < words.size(); word++) {
            int from = at;
            while (at < ids.length && wordIds[at] == word) at++;
            pieces.add(from == at ? new int[] {unkId()} : ints(Arrays.copyOfRange(ids, from, at)));
        }
        return pieces;
    }

    /// Pieces between the special tokens of a single text.
    ///
    /// @param wordIds the word of each piece; as many as `ids`
    public Encoding wrap(int[] ids, int[] wordIds) {
        int length = before.length + ids.length + after.length;
        int[] all = Arrays.copyOf(before, length);
        System.arraycopy(ids, 0, all, before.length, ids.length);
        System.arraycopy(after, 0, all, before.length + ids.length, after.length);
        int[] words = new int[length];
        Arrays.fill(words, -1);
        System.arraycopy(wordIds, 0, words, before.length, wordIds.length);
        return new Encoding(all, new int[length], words);
    }

    /// The text of some ids, special tokens left out.
    public String decode(int[] ids) {
        return whole.decode(Arrays.stream(ids).asLongStream().toArray(), true);
    }

    private static Encoding encoding(ai.djl.huggingface.tokenizers.Encoding encoded) {
        return new Encoding(ints(encoded.getIds()), ints(encoded.getTypeIds()), ints(encoded.getWordIds()));
    }

    /// Half a surrogate pair is no character and does not survive the way to the native tokenizer.
    private static String sound(String text) {
        int i = 0;
        while (i < text.length() && !Character.isSurrogate(text.charAt(i))) i++;
        if (i == text.length()) return text;
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints().forEach(c -> mended.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return mended.toString();
    }

    private static int[] ints(long[] values) {
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) ints[i] = (int) values[i];
        return ints;
    }

    /// The longest encoding.
    public int maxLength() {
        return maxLength;
    }

    /// The number of special tokens around a single text.
    public int specialsAround() {
        return before.length + after.length;
    }

    /// The highest id plus one: how many rows an embedding needs.
    public int vocabularySize() {
        return vocabulary.size();
    }

    public int padId() {
        return vocabulary.padId();
    }

    public int unkId() {
        return vocabulary.unkId();
    }

    /// The id of the mask token, or nothing for a tokenizer without one.
    public OptionalInt maskId() {
        return vocabulary.maskId();
    }

    /// Tokens that are never text: padding, unknown, mask, beginning, end.
    public Set<Integer> specialIds() {
        return vocabulary.specialIds();
    }

    /// True if a piece goes on with the word of the piece before it: `##ing` in WordPiece, a piece without `▁` in
    /// Unigram. Special tokens do not.
    public boolean continuesWord(int id) {
        return vocabulary.continuesWord(id);
    }

    /// The token with this id.
    public String token(int id) {
        return vocabulary.token(id);
    }

    /// The content of the file, unchanged: what is saved beside a model.
    public String json() {
        return json;
    }

    @Override
    public void close() {
        cutting.close();
        whole.close();
    }
}
