package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.trainer.store.OtherProcess;
import dev.isogloss.trainer.store.StepFixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StatusTest {
    @TempDir
    Path folder;

    @Test
    void a_step_that_another_process_runs_is_told_with_its_progress() throws Exception {
        CommandLineRig rig = new CommandLineRig(folder);
        try (OtherProcess other = OtherProcess.on(folder.resolve(".isogloss"), "train", StepFixtures.key("a step"))) {
            assertThat(other.says()).isEqualTo("writing");

            assertThat(rig.run("status").out())
                    .startsWith("FOLDER/.isogloss: 0 steps done, 1 unfinished")
                    .containsPattern("running: process [0-9]+ on .+ since .+Z: half of it\\n");
        }
    }
}
