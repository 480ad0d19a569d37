package dev.isogloss.trainer.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
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
import org.jspecify.annotations.Nullable;

/// A `tokenizer.json`, ready to encode. Texts longer than `maxLength` (special tokens counted) lose their end; of pairs
/// the longer one gives first. Nothing is ever padded. One instance serves any number of threads.
public final class Tokenizer implements AutoCloseable {

    /// Raised when the same file makes other ids of the same text.
    private static final int REVISION = 1;

    private final String json;
    private final int maxLength;
    private final String place;
    private final TokenizerFile file;
    private final Vocabulary vocabulary;
    private final boolean spaceBeforeWords;
    private final WordMarks marks;
    private final LongWords longWords;
    private final HuggingFaceTokenizer whole;
    private @Nullable HuggingFaceTokenizer cutting;
    private final int[] before;
    private final int[] after;
    private @Nullable String sha256;

    private Tokenizer(String json, int maxLength, String place) {
        this.json = json.startsWith("\uFEFF") ? json.substring(1) : json;
        this.maxLength = maxLength;
        this.place = place;
        file = TokenizerFile.of(this.json, place);
        vocabulary = file.vocabulary();
        spaceBeforeWords = WordMarks.splitWordsLackSpace(file.tree());
        marks = WordMarks.of(file.tree());
        longWords = LongWords.of(file.tree());
        whole = open(file.tree(), "false", Integer.MAX_VALUE, place);
        var around = read(whole, "a");
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
        return new Tokenizer(json, maxLength, place);
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

    /// One text between its special tokens. One that comes to nothing, where no special tokens are added either, is the
    /// unknown token: something has to be read.
    public Encoding encode(String text) {
        return encoding(read(cutting(), text));
    }

    /// Two texts, each between the special tokens of a pair.
    public Encoding encode(String first, String second) {
        return encoding(readPair(first, second));
    }

    private ai.djl.huggingface.tokenizers.Encoding readPair(String first, String second) {
        try {
            return cutting().encode(SoundText.of(first), SoundText.of(second));
        } catch (RuntimeException e) {
            throw unreadable(first + " / " + second, e);
        }
    }

    /// The same, with the place of each piece in its text.
    ///
    /// @param second null for a single text
    public LocatedText locate(String text, @Nullable String second) {
        var encoded = second == null ? read(cutting(), text) : readPair(text, second);
        List<String> halves =
                second == null ? List.of(SoundText.of(text)) : List.of(SoundText.of(text), SoundText.of(second));
        return LocatedText.of(encoding(encoded), encoded.getCharTokenSpans(), halves, this);
    }

    /// Opened by whoever first reads a text: a large vocabulary takes a second, and split words do without.
    private synchronized HuggingFaceTokenizer cutting() {
        HuggingFaceTokenizer opened = cutting;
        if (opened == null) cutting = opened = open(file.tree(), "LONGEST_FIRST", maxLength, place);
        return opened;
    }

    private ai.djl.huggingface.tokenizers.Encoding read(HuggingFaceTokenizer tokenizer, String text) {
        try {
            return tokenizer.encode(SoundText.of(text));
        } catch (RuntimeException e) {
            throw unreadable(text, e);
        }
    }

    private InvalidInput unreadable(String text, RuntimeException cause) {
        String excerpt = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return new InvalidInput(
                "%s cannot tokenise the text '%s': %s. The file is damaged or incomplete; write it again with save_pretrained."
                        .formatted(place, excerpt, cause.getMessage()),
                cause);
    }

    /// A sentence that is already split. A word that comes to nothing (white space, control characters) is the
    /// unknown token, so that words and their tags stay aligned. Where a vocabulary tells words by the space before
    /// them, each is read as it stands inside a text: Python's `add_prefix_space=True`, without which it reads no
    /// split words.
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
        var encoded = readWords(words);
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

    private ai.djl.huggingface.tokenizers.Encoding readWords(List<String> words) {
        try {
            return whole.encode(words.stream().map(this::word).toList(), false, false);
        } catch (RuntimeException e) {
            throw unreadable(String.join(" ", words), e);
        }
    }

    private String word(String word) {
        boolean spaced = !spaceBeforeWords
                || word.isEmpty()
                || Character.isWhitespace(word.charAt(0))
                || vocabulary.added().stream().anyMatch(word::startsWith);
        return SoundText.of(spaced ? word : " " + word);
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

    private Encoding encoding(ai.djl.huggingface.tokenizers.Encoding encoded) {
        if (encoded.getIds().length == 0) return wrap(new int[] {unkId()}, new int[] {0});
        return new Encoding(ints(encoded.getIds()), ints(encoded.getTypeIds()), ints(encoded.getWordIds()));
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

    /// The number of special tokens before a text.
    public int specialsBefore() {
        return before.length;
    }

    /// The highest id plus one: how many rows an embedding needs.
    public int vocabularySize() {
        return vocabulary.size();
    }

    /// The token that the file pads with, if it can be told by its name.
    public OptionalInt padId() {
        return vocabulary.padId();
    }

    public int unkId() {
        return file.unkId();
    }

    /// Sentences about what the file leaves open, and how it is read.
    public List<String> notes() {
        return file.notes();
    }

    /// False if no special token comes before a text, as with a file whose `post_processor` is null.
    public boolean beginsWithSpecial() {
        return before.length > 0;
    }

    /// True if words that come split are read with a space that the file would not put there.
    public boolean putsSpaceBeforeWords() {
        return spaceBeforeWords;
    }

    /// True if pieces show where words begin, so that [#continuesWord] can answer.
    public boolean tellsWords() {
        return !(marks instanceof WordMarks.Unknown);
    }

    /// How many words of a text are one unknown piece for their length alone.
    public int longWords(String text) {
        return longWords.count(text);
    }

    /// The length in characters beyond which [#longWords] counts a word.
    public int longestWord() {
        return longWords.limit();
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
    /// Unigram or without `Ġ` in a byte-level vocabulary. Special tokens do not.
    public boolean continuesWord(int id) {
        return vocabulary.continuesWord(id);
    }

    /// The token with this id.
    public String token(int id) {
        return vocabulary.token(id);
    }

    /// What a piece stands for in a text, without the mark of a word's beginning or continuation; blank for a mark
    /// alone.
    public String text(int id) {
        return marks instanceof WordMarks.Bytes ? decode(new int[] {id}).strip() : marks.text(token(id));
    }

    /// The content of the file, unchanged but for a byte order mark: what is saved beside a model.
    public String json() {
        return json;
    }

    /// SHA-256 of [#json].
    public synchronized String sha256() {
        String known = sha256;
        if (known == null) sha256 = known = Sha256.of(json.getBytes(StandardCharsets.UTF_8));
        return known;
    }

    /// What besides a file decides the ids: this code, and the library's version.
    public static String revision() {
        return REVISION + " " + TokenizerLibrary.VERSION;
    }

    @Override
    public synchronized void close() {
        if (cutting != null) cutting.close();
        whole.close();
    }
}
