package dev.isogloss.trainer.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The library that tokenises.
final class TokenizerLibrary {
    /// Of the Rust library and of what binds it: `0.21.0-0.35.1`.
    static final String VERSION = version();

    private TokenizerLibrary() {}

    private static String version() {
        String name = "/native/lib/tokenizers.properties";
        try (InputStream in = HuggingFaceTokenizer.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the tokenizers' library has no file " + name);
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
