package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.cli.CommandLineRig.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens where the output goes into a file, and the file cannot be written.
class StandardOutputTest {
    @TempDir
    Path folder;

    private CommandLineRig rig;

    @BeforeEach
    void aManifestInAFolder() throws IOException {
        rig = new CommandLineRig(folder);
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void a_full_disk_under_a_redirected_table_is_told_and_costs_1() {
        Output output = rig.printingTo(failing("No space left on device")).run("results", "m.yaml", "--format=latex");

        assertThat(output.code()).isEqualTo(1);
        assertThat(output.err())
                .endsWith("isogloss: What was printed is not complete: standard output cannot be written (No space left"
                        + " on device).\n");
    }

    @Test
    void a_worse_end_stays_what_it_was() {
        assertThat(rig.printingTo(failing("No space left on device"))
                        .run("validate", "m.yaml", "nowhere.yaml")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void a_reader_who_has_seen_enough_is_no_failure() {
        Output output = rig.printingTo(failing("Broken pipe")).run("plan", "m.yaml");

        assertThat(output.code()).isZero();
        assertThat(output.err()).isEmpty();
    }

    @Test
    void what_can_be_written_arrives() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        assertThat(rig.printingTo(written).run("validate", "m.yaml").code()).isZero();
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("is valid: 4 steps");
    }
}
