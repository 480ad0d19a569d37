package dev.isogloss.trainer.data;

import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.step.DatasetIdentity;
import dev.isogloss.trainer.files.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Small files for tests, and reading them in one line.
final class WrittenFiles {
    private WrittenFiles() {}

    static Path file(Path folder, String name, String content) {
        return bytes(folder, name, content.getBytes(StandardCharsets.UTF_8));
    }

    static Path bytes(Path folder, String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DatasetIdentity dataset(DataFormat format) {
        return dataset(format, null, Map.of());
    }

    static DatasetIdentity dataset(
            DataFormat format, @Nullable Fields fields, Map<String, Map<String, SplitSource>> splits) {
        return new DatasetIdentity("toys", "1", format, fields, splits, null);
    }

    static Split read(Path file, DataFormat format, TaskType task) {
        return DatasetReader.read(dataset(format), InputFile.anywhere(file), "en", "dev", task);
    }
}
