package dev.isogloss.trainer.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.json.Json;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;

/// The writing of safetensors files: straight from the tensors' memory, one after the other, whatever their size. A
/// file has reached the disk when this returns; giving it its final name in one step is the store's business.
final class SafetensorsWriter {

    private static final long CHUNK = 64 << 20;

    private SafetensorsWriter() {}

    static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        write(file, header(tensors, metadata), channel -> {
            for (Tensor tensor : tensors.values()) {
                tensor.read(memory -> writeAll(channel, memory));
            }
        });
    }

    /// @param values written after the header
    static void write(Path file, ByteBuffer header, Consumer<FileChannel> values) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, header);
            values.accept(channel);
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ByteBuffer header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        ObjectNode root = Json.PLAIN.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode node = root.putObject("__metadata__");
            metadata.forEach(node::put);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            ObjectNode node = root.putObject(entry.getKey()).put("dtype", "F32");
            for (long size : entry.getValue().shape()) {
                node.withArray("shape").add(size);
            }
            node.withArray("shape");
            node.putArray("data_offsets").add(offset);
            offset += entry.getValue().count() * Float.BYTES;
            node.withArray("data_offsets").add(offset);
        }
        String text = text(root);
        byte[] bytes = (text + " ".repeat(-text.getBytes(StandardCharsets.UTF_8).length & 7))
                .getBytes(StandardCharsets.UTF_8); // values begin at a multiple of eight
        return ByteBuffer.allocate(Long.BYTES + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .put(bytes)
                .flip();
    }

    private static String text(ObjectNode root) {
        try {
            return Json.PLAIN.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void writeAll(FileChannel channel, MemorySegment memory) {
        try {
            for (long from = 0; from < memory.byteSize(); from += CHUNK) {
                long size = Math.min(CHUNK, memory.byteSize() - from);
                writeFully(channel, memory.asSlice(from, size).asByteBuffer());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
