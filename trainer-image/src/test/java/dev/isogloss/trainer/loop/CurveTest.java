package dev.isogloss.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a resumed training keeps of its curve.
class CurveTest {
    private static final String TEN = "{\"update\":10,\"loss\":0.5}";
    private static final String TWENTY = "{\"update\":20,\"loss\":0.25}";

    @TempDir
    Path folder;

    @Test
    void lines_of_updates_that_will_be_done_again_are_dropped() throws IOException {
        assertThat(resumed(20, TEN, TWENTY)).containsExactly(TEN, TWENTY);
        assertThat(resumed(19, TEN, TWENTY)).containsExactly(TEN);
        assertThat(resumed(0, TEN, TWENTY)).isEmpty();
    }

    @Test
    void a_line_that_a_kill_cut_short_is_dropped() throws IOException {
        assertThat(resumed(20, TEN, "{\"update\":20,\"lo")).containsExactly(TEN);
        assertThat(resumed(20, TEN, "{}")).containsExactly(TEN);
    }

    @Test
    void a_resumed_training_without_a_curve_begins_one() throws IOException {
        Path file = folder.resolve("none.jsonl");

        new Curve(file, 10).add(20, Map.of("loss", 0.25));

        assertThat(Files.readAllLines(file)).containsExactly(TWENTY);
    }

    private Iterable<String> resumed(long at, String... lines) throws IOException {
        Path file = folder.resolve("curve.jsonl");
        Files.writeString(file, String.join("\n", lines) + "\n");
        new Curve(file, at);
        return Files.readAllLines(file);
    }
}
