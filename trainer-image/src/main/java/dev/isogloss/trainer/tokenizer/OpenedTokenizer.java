package dev.isogloss.trainer.tokenizer;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A `tokenizer.json` as all tokenizers of this process share it, whatever lengths they cut at: parsed once, and opened
/// by the native library when the first text is read.
///
/// The last one stays when nobody uses it any more, since the steps of a process mostly read with the same, until
/// another takes its place. With 250,000 pieces it takes some 70 MB here, and 300 in the library.
final class OpenedTokenizer {
    private static @Nullable OpenedTokenizer last;

    private final TokenizerFile file;
    private final String place;
    private volatile @Nullable NativeTokenizer library;
    private @Nullable String sha256;
    private int users;

    private OpenedTokenizer(String json, String place) {
        this.file = TokenizerFile.of(json, place);
        this.place = place;
    }

    /// @param place what sentences call the file
    /// @return to be released
    /// @throws InvalidInput if the file is no tokenizer, as far as that can be told without the library
    static synchronized OpenedTokenizer of(String json, String place) {
        String sound = json.startsWith("\uFEFF") ? json.substring(1) : json;
        OpenedTokenizer opened = last;
        if (opened == null || !opened.place.equals(place) || !opened.file.json().equals(sound)) {
            forget(); // first: two of them may not fit
            last = opened = new OpenedTokenizer(sound, place);
            opened.users++;
        }
        opened.users++;
        return opened;
    }

    /// Frees the one that nobody uses.
    static synchronized void forget() {
        OpenedTokenizer before = last;
        last = null;
        if (before != null) before.release();
    }

    /// Frees the library's memory with the last user.
    void release() {
        synchronized (OpenedTokenizer.class) {
            NativeTokenizer opened = library;
            if (--users > 0 || opened == null) return;
            opened.close();
            library = null;
        }
    }

    TokenizerFile file() {
        return file;
    }

    String place() {
        return place;
    }

    synchronized String sha256() {
        String known = sha256;
        if (known == null) sha256 = known = Sha256.of(file.json().getBytes(StandardCharsets.UTF_8));
        return known;
    }

    /// @throws InvalidInput if the library refuses the file
    NativeTokenizer library() {
        NativeTokenizer opened = library;
        return opened == null ? opened() : opened;
    }

    private synchronized NativeTokenizer opened() {
        NativeTokenizer opened = library;
        if (opened == null) library = opened = file.mended() ? rewritten(null) : asItStands();
        return opened;
    }

    private NativeTokenizer asItStands() {
        try {
            return NativeTokenizer.open(file.json());
        } catch (RuntimeException strict) {
            return rewritten(strict);
        }
    }

    private NativeTokenizer rewritten(@Nullable RuntimeException before) {
        try {
            return NativeTokenizer.open(file.rewritten());
        } catch (RuntimeException e) {
            if (before != null) e.addSuppressed(before);
            throw new InvalidInput(place + " does not open as a tokenizer: " + e.getMessage() + ".", e);
        }
    }
}
