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

/// Writes a safetensors file straight from the tensors' memory, one after the other, whatever their size. Reaches the
/// disk before it returns; giving the file its final name in one step is the store's business.
final class SafetensorsWriter {

    private static final long CHUNK = 64 << 20;

    private SafetensorsWriter() {}

    static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, header(tensors, metadata));
            for (Tensor tensor : tensors.values()) {
                tensor.read(memory -> writeAll(channel, memory));
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer header(Map<String, Tensor> tensors, Map<String, String> metadata)
            throws JsonProcessingException {
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
        String text = Json.PLAIN.writeValueAsString(root);
        byte[] bytes = (text + " ".repeat(-text.getBytes(StandardCharsets.UTF_8).length & 7))
                .getBytes(StandardCharsets.UTF_8); // values begin at a multiple of eight
        return ByteBuffer.allocate(Long.BYTES + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .put(bytes)
                .flip();
    }

    private static void writeAll(FileChannel channel, MemorySegment memory) {
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
