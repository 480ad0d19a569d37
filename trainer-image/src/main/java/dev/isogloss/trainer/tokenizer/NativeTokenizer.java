package dev.isogloss.trainer.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A `tokenizer.json` that the native library has opened: nothing is cut and nothing padded, whatever the file says.
/// Any number of threads may read at once.
///
/// DJL's own class for this, `HuggingFaceTokenizer`, reads the whole file once more with Gson, and fetches of every
/// text what nobody asks for, its pieces as strings above all.
final class NativeTokenizer implements AutoCloseable {
    private static final TokenizersLibrary LIBRARY = library();
    private static final AtomicLong OPENED = new AtomicLong();

    private long handle;

    private NativeTokenizer(long handle) {
        this.handle = handle;
    }

    private static TokenizersLibrary library() {
        LibUtils.checkStatus();
        return TokenizersLibrary.LIB;
    }

    /// Half a second for 250,000 pieces, whichever way the file is written, and half of that again to close it.
    ///
    /// @throws RuntimeException with the library's words, if it refuses the file
    static NativeTokenizer open(String json) {
        NativeTokenizer opened = new NativeTokenizer(LIBRARY.createTokenizerFromString(json));
        LIBRARY.disableTruncation(opened.handle);
        LIBRARY.disablePadding(opened.handle);
        OPENED.incrementAndGet();
        return opened;
    }

    /// How many files this process has opened.
    static long opened() {
        return OPENED.get();
    }

    /// A text between its special tokens.
    Read read(String text) {
        return new Read(LIBRARY.encode(handle(), text, true));
    }

    /// Two texts between the special tokens of a pair.
    Read read(String first, String second) {
        return new Read(LIBRARY.encodeDual(handle(), first, second, true));
    }

    /// A text that is split into words, without special tokens.
    Read read(String[] words) {
        return new Read(LIBRARY.encodeList(handle(), words, false));
    }

    /// The text of some ids, special tokens left out.
    String decode(long[] ids) {
        return LIBRARY.decode(handle(), ids, true);
    }

    private long handle() {
        if (handle == 0) throw new IllegalStateException("the tokenizer is closed");
        return handle;
    }

    /// Nobody may be reading any more.
    @Override
    public void close() {
        if (handle != 0) LIBRARY.deleteTokenizer(handle);
        handle = 0;
    }

    /// What the library has made of a text, fetched a part at a time. All arrays are as long as `ids`.
    static final class Read implements AutoCloseable {
        private final long encoding;

        private Read(long encoding) {
            this.encoding = encoding;
        }

        long[] ids() {
            return LIBRARY.getTokenIds(encoding);
        }

        /// 0, or 1 for the second text of a pair where the family tells.
        long[] types() {
            return LIBRARY.getTypeIds(encoding);
        }

        /// The word of each piece; -1 for special tokens.
        long[] words() {
            return LIBRARY.getWordIds(encoding);
        }

        /// The text of each piece, 0 or 1; -1 for special tokens.
        long[] halves() {
            return LIBRARY.getSequenceIds(encoding);
        }

        /// 1 for what was put around the texts, else 0.
        long[] special() {
            return LIBRARY.getSpecialTokenMask(encoding);
        }

        /// The place of each piece in code points of its text; null for special tokens.
        @Nullable
        CharSpan[] spans() {
            return LIBRARY.getTokenCharSpans(encoding);
        }

        @Override
        public void close() {
            LIBRARY.deleteEncoding(encoding);
        }
    }
}
