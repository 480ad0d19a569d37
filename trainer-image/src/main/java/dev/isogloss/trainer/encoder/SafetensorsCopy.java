package dev.isogloss.trainer.encoder;

import static java.util.Objects.requireNonNull;

import dev.isogloss.trainer.tensor.Scope;
import dev.isogloss.trainer.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A safetensors file in this machine's memory: tensors as they were when it was made. Another thread can write it
/// while the tensors go on changing.
public final class SafetensorsCopy implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final ByteBuffer header;
    private final MemorySegment values;
    private final Map<String, Place> places = new LinkedHashMap<>();

    private record Place(long from, long size, long[] shape) {}

    private SafetensorsCopy(Map<String, Tensor> tensors, Map<String, String> metadata) {
        header = SafetensorsWriter.header(tensors, metadata);
        try {
            values = arena.allocate(bytes(tensors), Float.BYTES);
            long from = 0;
            for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                Tensor tensor = entry.getValue();
                Place place = new Place(from, tensor.count() * Float.BYTES, tensor.shape());
                places.put(entry.getKey(), place);
                from += place.size();
            }
            refill(tensors);
        } catch (Throwable failure) {
            arena.close();
            throw failure;
        }
    }

    public static SafetensorsCopy of(Map<String, Tensor> tensors, Map<String, String> metadata) {
        return new SafetensorsCopy(tensors, metadata);
    }

    /// The memory that a copy of the tensors takes.
    public static long bytes(Map<String, Tensor> tensors) {
        return tensors.values().stream().mapToLong(Tensor::count).sum() * Float.BYTES;
    }

    /// Copies tensors of the same names and shapes in the place of those before.
    public void refill(Map<String, Tensor> tensors) {
        places.forEach((name, place) ->
                requireNonNull(tensors.get(name), name).read(memory -> at(place).copyFrom(memory)));
    }

    private MemorySegment at(Place place) {
        return values.asSlice(place.from(), place.size());
    }

    /// Writes what [Safetensors#write] would have written of the tensors when this was made. Reaches the disk before
    /// it returns.
    public void write(Path file) {
        SafetensorsWriter.write(file, header.duplicate(), channel -> SafetensorsWriter.writeAll(channel, values));
    }

    /// Copies the tensors of the same names back.
    public void assignTo(Map<String, Tensor> into) {
        into.forEach((name, tensor) -> {
            Place place = places.get(name);
            if (place == null) throw new IllegalArgumentException("no copy of " + name + " was made");
            try (Scope _ = Scope.open()) {
                tensor.assign(Tensor.of(at(place), place.shape()));
            }
        });
    }

    @Override
    public void close() {
        arena.close();
    }
}
