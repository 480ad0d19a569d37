package dev.isogloss.trainer.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isogloss.json.Json;
import dev.isogloss.trainer.encoder.Safetensors;
import dev.isogloss.trainer.encoder.SafetensorsCopy;
import dev.isogloss.trainer.tensor.AvailableMemory;
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
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder `checkpoint/` of a step. A checkpoint is one file, tensors and state together, so that it exists as a
/// whole or not at all; the best-scored parameters that it speaks of are a second one, which is there before it.
///
/// A checkpoint is copied and then written beside the training. Until one is due, the best parameters are in memory
/// alone: a training that is killed finds them again. Where there is no room for a copy, the training waits for the
/// disk instead.
public final class Checkpoints implements AutoCloseable {
    private static final String FILE = "checkpoint.safetensors";
    private static final String BEST = "best-";
    private static final String PART = ".part";

    private final Path folder;
    private final Runnable afterwards;
    private final LongPredicate room;
    private final BackgroundWriter writer = new BackgroundWriter();
    private @Nullable Unwritten unwritten;

    /// The best parameters, which no file holds yet.
    private record Unwritten(String name, BestWeights weights) {}

    public Checkpoints(Path folder) {
        this(folder, () -> {});
    }

    /// @param afterwards what to do whenever a checkpoint was written; on another thread than the training's
    public Checkpoints(Path folder, Runnable afterwards) {
        this(folder, afterwards, bytes -> AvailableMemory.bytes() / 2 > bytes);
    }

    /// @param room whether so many bytes of memory may be taken for a copy
    Checkpoints(Path folder, Runnable afterwards, LongPredicate room) {
        this.folder = folder;
        this.afterwards = afterwards;
        this.room = room;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delete(name -> name.endsWith(PART)); // of a process that was killed
    }

    // ---- reading

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

    /// @param name as [#keepBest] gave it, in this process or in one before
    void restoreBest(String name, Map<String, Tensor> into) {
        await();
        if (unwritten != null && unwritten.name().equals(name))
            unwritten.weights().assignTo(into);
        else assign(Safetensors.open(folder.resolve(name)), into);
    }

    private static void assign(Safetensors file, Map<String, Tensor> into) {
        into.forEach((name, tensor) -> {
            try (Scope scope = Scope.open()) {
                tensor.assign(file.tensor(name));
            }
        });
    }

    // ---- writing

    /// Keeps scored parameters as they are now. Those in a file stay until a checkpoint speaks of these.
    ///
    /// @return the name of the file that will hold them, which is not there before the next checkpoint
    String keepBest(long update, Map<String, Tensor> parameters) {
        String name = BEST + update + ".safetensors";
        if (unwritten != null) {
            unwritten.weights().replaceBy(parameters);
            unwritten = new Unwritten(name, unwritten.weights());
        } else if (room.test(SafetensorsCopy.bytes(parameters))) {
            unwritten = new Unwritten(name, BestWeights.of(parameters));
        } else {
            await(); // a checkpoint that is being written knows of no better ones than its own, and removes them
            write(name, file -> Safetensors.write(file, parameters, Map.of()));
        }
        return name;
    }

    /// Copies a checkpoint, and writes it beside the training: what fails there is thrown by a later call.
    void save(CheckpointState state, Map<String, Tensor> tensors) {
        await();
        Map<String, String> metadata = Map.of("state", text(state));
        Runnable best = best();
        String named = state.best() == null ? "" : state.best().file();
        if (!room.test(SafetensorsCopy.bytes(tensors))) {
            best.run();
            finish(named, file -> Safetensors.write(file, tensors, metadata));
            return;
        }
        SafetensorsCopy copy = SafetensorsCopy.of(tensors, metadata);
        writer.start(() -> {
            try (copy) {
                best.run();
                finish(named, copy::write);
            }
        });
    }

    private static String text(CheckpointState state) {
        try {
            return Json.PLAIN.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes the best parameters, if no file holds them yet, and frees their memory.
    private Runnable best() {
        Unwritten best = unwritten;
        if (best == null) return () -> {};
        unwritten = null;
        SafetensorsCopy copy = best.weights().toFile();
        return () -> {
            try (copy) {
                write(best.name(), copy::write);
            }
        };
    }

    private void finish(String best, Consumer<Path> checkpoint) {
        write(FILE, checkpoint);
        delete(name -> name.startsWith(BEST) && !name.equals(best));
        afterwards.run();
    }

    /// Throws what has failed meanwhile, without waiting.
    void check() {
        writer.check();
    }

    /// Waits until the checkpoint that was begun is whole.
    void await() {
        writer.await();
    }

    /// Waits, and forgets what no file holds.
    @Override
    public void close() {
        try {
            await();
        } finally {
            forgetUnwritten();
        }
    }

    private void forgetUnwritten() {
        if (unwritten != null) unwritten.weights().close();
        unwritten = null;
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

    private void write(String name, Consumer<Path> content) {
        Path beside = folder.resolve(name + PART);
        try {
            try {
                content.accept(beside);
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
