package dev.isogloss.operator.act;

import java.util.Map;
import java.util.TreeMap;

/// Amounts of resources as a setting writes them: `cpu=1,memory=2Gi,nvidia.com/gpu=1`.
public final class Amounts {
    private Amounts() {}

    /// @throws IllegalArgumentException with a sentence, if the text is of another form
    public static Map<String, String> read(String text) {
        Map<String, String> amounts = new TreeMap<>();
        for (String entry : text.split(",")) {
            if (entry.isBlank()) continue;
            int equals = entry.indexOf('=');
            if (equals < 1 || equals == entry.length() - 1)
                throw new IllegalArgumentException(
                        "\"%s\" is no list of amounts; write it like cpu=1,memory=2Gi".formatted(text));
            amounts.put(
                    entry.substring(0, equals).strip(),
                    entry.substring(equals + 1).strip());
        }
        return amounts;
    }
}
