package dev.isogloss.trainer.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.json.Json;
import dev.isogloss.trainer.encoder.Safetensors;
import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The folder `checkpoint/` of a step. A checkpoint is one file, tensors and state together, so that it exists as a
/// whole or not at all.
public final class Checkpoints {
    private static final String FILE = "checkpoint.safetensors";
    private final Path folder;
    private final Runnable afterwards;

    public Checkpoints(Path folder) {
        this(folder, () -> {});
    }

    /// @param afterwards what to do whenever a checkpoint was written
    public Checkpoints(Path folder, Runnable afterwards) {
        this.folder = folder;
        this.afterwards = afterwards;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads the state and copies the tensors of the same names into `into`.
    Optional<CheckpointState> restore(Map<String, Tensor> into) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) return Optional.empty();
        Safetensors checkpoint = Safetensors.open(file);
        String state = checkpoint.metadata().get("state");
        if (state == null) throw new IllegalStateException(file + " is no checkpoint: it holds no state");
        assign(checkpoint, into);
        try {
            return Optional.of(Json.PLAIN.readValue(state, CheckpointState.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    void save(CheckpointState state, Map<String, Tensor> tensors) {
        try {
            write(FILE, tensors, Map.of("state", Json.PLAIN.writeValueAsString(state)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        String best = state.best() == null ? "" : state.best().file();
        delete(name -> name.startsWith("best-") && !name.equals(best));
        afterwards.run();
    }

    /// Keeps scored parameters beside the checkpoint. The one before stays until the next checkpoint speaks of this.
    String saveBest(long update, Map<String, Tensor> parameters) {
        String name = "best-" + update + ".safetensors";
        write(name, parameters, Map.of());
        return name;
    }

    void restoreBest(String file, Map<String, Tensor> into) {
        assign(Safetensors.open(folder.resolve(file)), into);
    }

    private static void assign(Safetensors file, Map<String, Tensor> into) {
        into.forEach((name, tensor) -> {
            try (Scope scope = Scope.open()) {
                tensor.assign(file.tensor(name));
            }
        });
    }

    /// Removes all of it, once the step's result no longer needs it.
    public void clear() {
        delete(name -> true);
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, Map<String, Tensor> tensors, Map<String, String> metadata) {
        Path beside = folder.resolve(name + ".part");
        try {
            try {
                Safetensors.write(beside, tensors, metadata);
                Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside); // half a file on a disk that is full
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(Predicate<String> which) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> doomed = files.filter(
                            file -> which.test(file.getFileName().toString()))
                    .toList();
            for (Path file : doomed) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
