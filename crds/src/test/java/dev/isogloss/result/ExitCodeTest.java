package dev.isogloss.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {

    @ParameterizedTest
    @EnumSource
    void the_page_of_the_command_line_says_what_a_code_means(ExitCode exit) throws IOException {
        String retry =
                switch (exit.retry()) {
                    case None -> "";
                    case Counted -> " retried with back-off";
                    case Uncounted -> " retried, not counted";
                    case Never -> " never retried";
                };

        assertThat(Files.readAllLines(Path.of("../docs/command-line.md")))
                .contains("| %d | %s |%s |".formatted(exit.code(), exit.meaning(), retry));
        assertThat(ExitCode.of(exit.code())).contains(exit);
    }
}
