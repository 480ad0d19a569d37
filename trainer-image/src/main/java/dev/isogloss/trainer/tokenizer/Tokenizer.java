package dev.isogloss.trainer.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.trainer.tokenizer.NativeTokenizer.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A `tokenizer.json`, ready to encode. Texts longer than `maxLength` (special tokens counted) lose their end; of pairs
/// the longer one gives first. Nothing is ever padded. One instance serves any number of threads.
public final class Tokenizer implements AutoCloseable {

    /// Raised when the same file makes other ids of the same text.
    private static final int REVISION = 1;

    private static final String OF_AN_ENCODER = "The encoder's tokenizer.json";

    private final OpenedTokenizer opened;
    private final int maxLength;
    private final TokenizerFile file;
    private final Vocabulary vocabulary;
    private final boolean spaceBeforeWords;
    private final WordMarks marks;
    private final LongWords longWords;
    private final SpecialsAround specials;
    private volatile boolean closed;

    private Tokenizer(OpenedTokenizer opened, int maxLength) {
        this.opened = opened;
        this.maxLength = maxLength;
        file = opened.file();
        vocabulary = file.vocabulary();
        spaceBeforeWords = WordMarks.splitWordsLackSpace(file.tree());
        marks = WordMarks.of(file.tree());
        longWords = LongWords.of(file.tree());
        specials = SpecialsAround.of(file.tree().path("post_processor"));
        if (maxLength < specials.count() + 1)
            throw new InvalidInput(
                    "maxLength %d leaves no room for text: the tokenizer adds %d special tokens to every text."
                            .formatted(maxLength, specials.count()));
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
        return of(json, maxLength, OF_AN_ENCODER);
    }

    private static Tokenizer of(String json, int maxLength, String place) {
        return made(OpenedTokenizer.of(json, place), maxLength, true);
    }

    /// The same, but the library opens the file when the first text is read, since a large vocabulary takes it a
    /// second: whoever finds all texts tokenised does without. What only the library sees is told then.
    public static Tokenizer onDemand(String json, int maxLength) {
        return made(OpenedTokenizer.of(json, OF_AN_ENCODER), maxLength, false);
    }

    private static Tokenizer made(OpenedTokenizer opened, int maxLength, boolean atOnce) {
        try {
            if (atOnce) read(opened, "a").close();
            return new Tokenizer(opened, maxLength);
        } catch (RuntimeException e) {
            opened.release();
            throw e;
        }
    }

    /// Frees the tokenizer that was used last, if nobody uses it now: it stays for the steps to come.
    public static void forget() {
        OpenedTokenizer.forget();
    }

    /// One text between its special tokens. One that comes to nothing, where no special tokens are added either, is the
    /// unknown token: something has to be read.
    public Encoding encode(String text) {
        return encode(text, maxLength);
    }

    /// The same, whatever its length.
    public Encoding encodeWhole(String text) {
        return encode(text, Integer.MAX_VALUE);
    }

    private Encoding encode(String text, int most) {
        try (Read read = read(opened(), text)) {
            return encoding(read, most);
        }
    }

    /// Two texts, each between the special tokens of a pair.
    public Encoding encode(String first, String second) {
        try (Read read = read(first, second)) {
            return encoding(read, maxLength);
        }
    }

    /// The same, with the place of each piece in its text.
    ///
    /// @param second null for a single text
    public LocatedText locate(String text, @Nullable String second) {
        List<String> halves =
                second == null ? List.of(SoundText.of(text)) : List.of(SoundText.of(text), SoundText.of(second));
        try (Read read = second == null ? read(opened(), text) : read(text, second)) {
            return LocatedText.of(encoding(read, maxLength), spans(read), halves, this);
        }
    }

    private @Nullable CharSpan[] spans(Read read) {
        @Nullable CharSpan[] spans = read.spans();
        if (spans.length <= maxLength) return spans;
        int[] kept = Truncation.kept(read, spans.length, maxLength);
        return IntStream.of(kept).mapToObj(i -> spans[i]).toArray(CharSpan[]::new);
    }

    private OpenedTokenizer opened() {
        if (closed) throw new IllegalStateException("the tokenizer is closed");
        return opened;
    }

    private static Read read(OpenedTokenizer opened, String text) {
        return read(opened, library -> library.read(SoundText.of(text)), () -> text);
    }

    private Read read(String first, String second) {
        return read(
                opened(),
                library -> library.read(SoundText.of(first), SoundText.of(second)),
                () -> first + " / " + second);
    }

    /// @param text for the sentence that says what cannot be read
    private static Read read(OpenedTokenizer opened, Function<NativeTokenizer, Read> how, Supplier<String> text) {
        NativeTokenizer library = opened.library();
        try {
            return how.apply(library);
        } catch (RuntimeException e) {
            throw unreadable(opened.place(), text.get(), e);
        }
    }

    private static InvalidInput unreadable(String place, String text, RuntimeException cause) {
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
        int room = maxLength - specials.count();
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
        String[] spaced = words.stream().map(this::word).toArray(String[]::new);
        try (Read read = read(opened(), library -> library.read(spaced), () -> String.join(" ", words))) {
            return pieces(words, read.ids(), read.words());
        }
    }

    private List<int[]> pieces(List<String> words, long[] ids, long[] wordIds) {
        List<int[]> pieces = new ArrayList<>(words.size());
        int at = 0;
        for (int word = 0; word < words.size(); word++) {
            int from = at;
            while (at < ids.length && wordIds[at] == word) at++;
            pieces.add(from == at ? new int[] {unkId()} : ints(Arrays.copyOfRange(ids, from, at)));
        }
        return pieces;
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
        int first = specials.before().length;
        int length = ids.length + specials.count();
        int[] all = Arrays.copyOf(specials.before(), length);
        System.arraycopy(ids, 0, all, first, ids.length);
        System.arraycopy(specials.after(), 0, all, first + ids.length, specials.after().length);
        int[] words = new int[length];
        Arrays.fill(words, -1);
        System.arraycopy(wordIds, 0, words, first, wordIds.length);
        return new Encoding(all, new int[length], words);
    }

    /// The text of some ids, special tokens left out.
    public String decode(int[] ids) {
        return opened().library().decode(Arrays.stream(ids).asLongStream().toArray());
    }

    private Encoding encoding(Read read, int most) {
        long[] ids = read.ids();
        if (ids.length == 0) return wrap(new int[] {unkId()}, new int[] {0});
        if (ids.length <= most) return new Encoding(ints(ids), ints(read.types()), ints(read.words()));
        int[] kept = Truncation.kept(read, ids.length, most);
        return new Encoding(ints(ids, kept), ints(read.types(), kept), ints(read.words(), kept));
    }

    private static int[] ints(long[] values, int[] at) {
        int[] ints = new int[at.length];
        for (int i = 0; i < ints.length; i++) ints[i] = (int) values[at[i]];
        return ints;
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
        return specials.count();
    }

    /// The number of special tokens before a text.
    public int specialsBefore() {
        return specials.before().length;
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
        return specials.before().length > 0;
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
        return file.json();
    }

    /// SHA-256 of [#json].
    public String sha256() {
        return opened.sha256();
    }

    /// What besides a file decides the ids: this code, and the library's version.
    public static String revision() {
        return REVISION + " " + TokenizerLibrary.VERSION;
    }

    @Override
    public synchronized void close() {
        if (!closed) opened.release();
        closed = true;
    }
}
