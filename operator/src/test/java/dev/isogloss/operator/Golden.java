package dev.isogloss.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that tests compare with; `-Dgolden=write` writes them anew.
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/dev/isogloss/operator");

    private Golden() {}

    public static void assertHolds(String name, String text) {
        Path file = FOLDER.resolve(name);
        try {
            if ("write".equals(System.getProperty("golden"))) Files.writeString(file, text);
            assertThat(text)
                    .as("%s; if the change is meant, run the tests with -Dgolden=write", file)
                    .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
