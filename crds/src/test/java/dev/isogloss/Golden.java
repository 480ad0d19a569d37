package dev.isogloss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that tests hold the code to: compared, or written anew with `-Dgolden=write`.
public final class Golden {
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    private Golden() {}

    /// Asserts that `file` (relative to the module) holds `expected`; the error names the command that refreshes it.
    public static void assertHolds(Path file, String expected) {
        try {
            if (WRITE) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, expected);
                return;
            }
            String found = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
            assertThat(found)
                    .as(
                            "%s is not what the code says. If the change is meant, refresh it by"
                                    + " ./isogloss mvn -pl crds test -Dgolden=write and review the difference",
                            file)
                    .isEqualTo(expected);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
