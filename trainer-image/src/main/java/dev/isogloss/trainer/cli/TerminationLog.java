package dev.isogloss.trainer.cli;

import dev.isogloss.result.StepResult;
import dev.isogloss.result.TerminationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The file that a container's last words go to.
final class TerminationLog {
    private final @Nullable Path file;

    /// @param asked the file the user named; made if it is not there
    /// @param usual the file that is written only where it exists
    TerminationLog(@Nullable Path asked, Path usual) {
        this.file = asked != null ? asked : Files.exists(usual) ? usual : null;
    }

    void succeeded(StepResult result, boolean reused) {
        write(TerminationMessage.Result.of(result, reused));
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
