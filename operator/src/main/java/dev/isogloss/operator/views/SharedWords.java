package dev.isogloss.operator.views;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Numbers of words that many resources share: namespaces, kinds, languages, reasons. Once there are too many,
/// words are written out.
final class SharedWords {
    private static final int NONE = -1;
    private static final int WRITTEN = -2;
    private static final int MOST = 4096;
    private static final int LONGEST = 128;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final String[] words = new String[MOST];

    void write(DataOutputStream out, @Nullable String word) throws IOException {
        int number = word == null ? NONE : number(word);
        out.writeShort(number);
        if (number == WRITTEN) out.writeUTF(word);
    }

    @Nullable
    String read(DataInputStream in) throws IOException {
        int number = in.readShort();
        return switch (number) {
            case NONE -> null;
            case WRITTEN -> in.readUTF();
            default -> word(number);
        };
    }

    private synchronized int number(String word) {
        Integer known = numbers.get(word);
        if (known != null) return known;
        if (numbers.size() == MOST || word.length() > LONGEST) return WRITTEN;
        int number = numbers.size();
        numbers.put(word, number);
        words[number] = word;
        return number;
    }

    private synchronized String word(int number) {
        return words[number];
    }
}
