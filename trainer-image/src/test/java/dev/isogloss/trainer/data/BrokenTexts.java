package dev.isogloss.trainer.data;

import dev.isogloss.trainer.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// Texts of files that are right, and the ways in which they are broken.
final class BrokenTexts {
    static final List<String> WORDS = List.of("Öl", "Ada", "lives", "in", "Oslo", "ü", "7", "東京", "\"x\"", "O");

    /// What stands in the place of a value, in JSON.
    static final List<String> VALUES =
            List.of("null", "[]", "{}", "{\"de\": \"x\"}", "[[\"x\"]]", "true", "3.5", "\"\"");

    /// How files of other kinds begin.
    static final List<String> BEGINS =
            List.of("PK\u0003\u0004", "PAR1", "<!DOCTYPE html>\n<p>", "\u007fELF", "[\n{", "%PDF-1.7\n", "");

    private BrokenTexts() {}

    static String word(RandomStream random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    static String text(RandomStream random) {
        return "ä " + word(random) + " " + word(random);
    }

    static String json(RandomStream random) {
        return "\"ä " + word(random).replace("\"", "\\\"") + "\"";
    }

    /// The text with one of its matches, chosen at random, replaced.
    static String nth(String text, String pattern, RandomStream random, String replacement) {
        var matches = Pattern.compile(pattern).matcher(text).results().toList();
        if (matches.isEmpty()) return text;
        var match = matches.get(random.nextInt(matches.size()));
        return text.substring(0, match.start()) + replacement + text.substring(match.end());
    }

    static String inserted(String text, String what, RandomStream random) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + what + text.substring(at);
    }

    /// Bytes of no kind, half of the time such as text has.
    static byte[] noise(RandomStream random) {
        byte[] noise = new byte[1 + random.nextInt(300)];
        for (int i = 0; i < noise.length; i++) noise[i] = (byte) random.nextInt(random.nextInt(2) == 0 ? 256 : 128);
        return noise;
    }

    static byte[] packed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// Cut short, or with one byte changed, doubled or followed by others.
    static byte[] damaged(byte[] bytes, RandomStream random) {
        int at = random.nextInt(bytes.length);
        byte[] damaged = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> damaged = Arrays.copyOf(bytes, Math.max(10, at));
            case 1 -> damaged[at] ^= (byte) (1 + random.nextInt(255));
            case 2 -> {
                damaged = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, damaged, at + 1, bytes.length - at);
            }
            default -> {
                byte[] more = noise(random);
                damaged = Arrays.copyOf(bytes, bytes.length + more.length);
                System.arraycopy(more, 0, damaged, bytes.length, more.length);
            }
        }
        return damaged;
    }
}
