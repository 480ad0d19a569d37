package dev.isogloss.trainer.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.trainer.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Named tensors in one file of the safetensors format or in several with an index. Opening reads names and shapes;
/// values are copied out of the file when they are asked for, numbers of 16 bits widened to 32, those of 64 rounded.
public final class Safetensors {

    static final String INDEX = "model.safetensors.index.json";
    private static final long LARGEST_HEADER = 100 << 20; // the format's own limit

    private record Entry(Path file, String type, long[] shape, long begin, long end) {}

    private final Path source;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Safetensors(Path source) {
        this.source = source;
    }

    /// @param path a `.safetensors` file, or a folder with `model.safetensors` or its shards
    /// @throws InvalidInput if there is none, or one that is damaged
    public static Safetensors open(Path path) {
        Safetensors opened = new Safetensors(path);
        try {
            if (Files.isDirectory(path)) {
                opened.readFolder();
            } else {
                opened.readHeader(path);
            }
        } catch (IOException e) {
            throw new InvalidInput("The weights in %s cannot be read: %s.".formatted(path, e.getMessage()), e);
        }
        return opened;
    }

    /// All tensors of a file or folder, in the innermost scope.
    public static Map<String, Tensor> read(Path path) {
        Safetensors opened = open(path);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        opened.names().forEach(name -> tensors.put(name, opened.tensor(name)));
        return tensors;
    }

    /// Writes tensors as float32 in the order of the map; see [SafetensorsWriter].
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        SafetensorsWriter.write(file, tensors, metadata);
    }

    public Set<String> names() {
        return entries.keySet();
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    /// One tensor, copied into the innermost scope.
    ///
    /// @throws InvalidInput if it holds NaN or infinities, or numbers that are no floating-point ones
    public Tensor tensor(String name) {
        Entry entry = entry(name);
        Tensor tensor = entry.begin() == entry.end() ? Tensor.zeros(entry.shape()) : copied(name, entry);
        if (!tensor.allFinite()) {
            throw new InvalidInput(("The weight %s in %s holds NaN or infinite numbers, so every result would be NaN."
                            + " The training that wrote it must have diverged; use an earlier checkpoint.")
                    .formatted(name, entry.file()));
        }
        return tensor;
    }

    private static Tensor copied(String name, Entry entry) {
        try (FileChannel channel = FileChannel.open(entry.file());
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, entry.begin(), entry.end() - entry.begin(), arena);
            return switch (entry.type()) {
                case "F32" -> Tensor.of(bytes, entry.shape());
                case "F16", "BF16" -> Tensor.of(widened(bytes, entry.type(), arena), entry.shape());
                case "F64" -> Tensor.of(rounded(bytes, arena), entry.shape());
                default ->
                    throw new InvalidInput(
                            ("The weight %s in %s is of type %s; weights have to be F32, F16, BF16 or F64."
                                            + " Quantised weights are not computed with: use the checkpoint before quantisation.")
                                    .formatted(name, entry.file(), entry.type()));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MemorySegment widened(MemorySegment halves, String type, Arena arena) {
        long n = halves.byteSize() / Short.BYTES;
        MemorySegment floats = arena.allocate(n * Float.BYTES, Float.BYTES);
        boolean brain = type.equals("BF16");
        for (long i = 0; i < n; i++) {
            short bits = halves.get(ValueLayout.JAVA_SHORT_UNALIGNED, i * Short.BYTES);
            float value = brain ? Float.intBitsToFloat(bits << 16) : Float.float16ToFloat(bits);
            floats.set(ValueLayout.JAVA_FLOAT, i * Float.BYTES, value);
        }
        return floats;
    }

    private static MemorySegment rounded(MemorySegment doubles, Arena arena) {
        long n = doubles.byteSize() / Double.BYTES;
        MemorySegment floats = arena.allocate(n * Float.BYTES, Float.BYTES);
        for (long i = 0; i < n; i++)
            floats.set(ValueLayout.JAVA_FLOAT, i * Float.BYTES, (float)
                    doubles.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, i * Double.BYTES));
        return floats;
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new InvalidInput("%s holds no weight called %s; it holds %d others, the first being %s."
                    .formatted(
                            source,
                            name,
                            entries.size(),
                            entries.keySet().stream().findFirst().orElse("none")));
        }
        return entry;
    }

    // ---- headers

    private void readFolder() throws IOException {
        Path single = source.resolve("model.safetensors");
        Path index = source.resolve(INDEX);
        if (Files.exists(single)) {
            readHeader(single);
        } else if (Files.exists(index)) {
            readShards(index);
        } else {
            throw new InvalidInput(MissingWeights.sentence(source));
        }
    }

    private void readShards(Path index) throws IOException {
        JsonNode shards = Json.PLAIN.readTree(index.toFile()).path("weight_map");
        Set<String> files = new TreeSet<>();
        shards.forEach(file -> files.add(file.asText()));
        for (String file : files) {
            if (!file.matches("[A-Za-z0-9._-]+"))
                throw new InvalidInput("%s lists the file \"%s\", and only names of files in the same folder are read."
                        .formatted(index, Excerpt.of(file)));
            Path shard = source.resolve(file);
            if (!Files.exists(shard)) {
                throw new InvalidInput(
                        "%s lists the file %s, which is not there. Fetch the folder again.".formatted(index, file));
            }
            readHeader(shard);
        }
        shards.fieldNames().forEachRemaining(name -> {
            if (!entries.containsKey(name)) {
                throw new InvalidInput("%s promises the weight %s, but no file holds it. Fetch the folder again."
                        .formatted(index, name));
            }
        });
    }

    private void readHeader(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long length = size < Long.BYTES ? -1 : number(channel, file);
            if (length < 2 || length > LARGEST_HEADER || Long.BYTES + length > size) {
                throw truncatedOrForeign(file, size);
            }
            ByteBuffer header = ByteBuffer.allocate(Math.toIntExact(length));
            readFully(channel, header, Long.BYTES);
            JsonNode root = parse(header, file, size);
            for (Map.Entry<String, JsonNode> field : root.properties()) {
                if (field.getKey().equals("__metadata__")) {
                    field.getValue()
                            .properties()
                            .forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
                } else {
                    entries.put(field.getKey(), entry(field, file, Long.BYTES + length, size));
                }
            }
        }
    }

    private static Entry entry(Map.Entry<String, JsonNode> field, Path file, long start, long size) {
        JsonNode node = field.getValue();
        long[] shape = new long[node.path("shape").size()];
        Arrays.setAll(shape, i -> node.path("shape").get(i).asLong());
        String type = node.path("dtype").asText();
        long begin = start + node.path("data_offsets").path(0).asLong(-1);
        long end = start + node.path("data_offsets").path(1).asLong(-1);
        if (begin < start || end < begin) {
            throw truncatedOrForeign(file, size);
        }
        if (end > size) {
            throw new InvalidInput(("%s is truncated: its weight %s ends at byte %d, but the file has %d bytes. Fetch"
                            + " or copy it again.")
                    .formatted(file, field.getKey(), end, size));
        }
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (count * bytesEach(type) != end - begin && bytesEach(type) > 0) {
            throw new InvalidInput("%s says that its weight %s is %s numbers of type %s, but keeps %d bytes for it."
                    .formatted(file, field.getKey(), Arrays.toString(shape), type, end - begin));
        }
        return new Entry(file, type, shape, begin, end);
    }

    private static int bytesEach(String type) {
        return switch (type) {
            case "F64", "I64" -> 8;
            case "F32", "I32" -> 4;
            case "F16", "BF16", "I16" -> 2;
            case "I8", "U8", "BOOL" -> 1;
            default -> 0;
        };
    }

    private static JsonNode parse(ByteBuffer header, Path file, long size) {
        try {
            return Json.PLAIN.readTree(new String(header.array(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw truncatedOrForeign(file, size);
        }
    }

    private static InvalidInput truncatedOrForeign(Path file, long size) {
        return new InvalidInput(("%s (%d bytes) is not a safetensors file, or only the beginning of one. Fetch or copy"
                        + " it again; a file of a hundred-odd bytes is often a Git LFS pointer instead of the weights.")
                .formatted(file, size));
    }

    private static long number(FileChannel channel, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, bytes, 0);
        return bytes.getLong(0);
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, at + into.position()) < 0) {
                throw new IOException("the file ended while it was read");
            }
        }
    }
}
