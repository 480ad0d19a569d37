package dev.isogloss.trainer.cli;

import dev.isogloss.result.StepResult;
import dev.isogloss.result.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The file that a container's last words go to.
final class TerminationLog {
    private final @Nullable Path file;

    /// @param asked the file the user named; made if it is not there
    /// @param usual the file that is written only where it exists
    TerminationLog(@Nullable Path asked, Path usual) {
        this.file = asked != null ? asked : Files.exists(usual) ? usual : null;
    }

    /// @param followUps results of the steps that this process did after its own
    void succeeded(StepResult result, boolean reused, List<TerminationMessage.Result> followUps) {
        write(TerminationMessage.Result.of(result, reused).with(followUps));
    }

    void failed(String sentence) {
        write(new TerminationMessage.Error(sentence));
    }

    private void write(TerminationMessage message) {
        if (file == null) return;
        try {
            Files.writeString(file, message.text());
        } catch (IOException e) {
            // The result is in the store all the same, and the exit code says how it went.
        }
    }
}
