package dev.isogloss.trainer.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Json;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.files.InputFolder;
import dev.isogloss.trainer.files.WholeJson;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Named tensors in one file of the safetensors format or in several with an index. Opening reads names and shapes;
/// values are copied out of the file when they are asked for, numbers of 16 bits widened to 32, those of 64 rounded.
public final class Safetensors {

    private static final Set<String> FLOATS = Set.of("F32", "F16", "BF16", "F64");

    static final String INDEX = "model.safetensors.index.json";

    /// Bytes of a header. The format allows a hundred million, which take some gigabytes as a tree; a thousand layers
    /// of names and shapes take two.
    private static final long LARGEST_HEADER = 8 << 20;

    private static final int LARGEST_INDEX = 16 << 20;

    private record Entry(InputFile file, String type, long[] shape, long begin, long end) {}

    private final Path source;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Safetensors(Path source) {
        this.source = source;
    }

    /// @param path a `.safetensors` file, or a folder with `model.safetensors` or its shards
    /// @throws InvalidInput if there is none, or one that is damaged
    public static Safetensors open(Path path) {
        if (Files.isDirectory(path)) return open(InputFolder.anywhere(path));
        Safetensors opened = new Safetensors(path);
        opened.reading(() -> opened.readHeader(InputFile.anywhere(path)));
        return opened;
    }

    /// @param folder with `model.safetensors` or its shards
    public static Safetensors open(InputFolder folder) {
        Safetensors opened = new Safetensors(folder.path());
        opened.reading(() -> opened.readFolder(folder));
        return opened;
    }

    private interface Reading {
        void run() throws IOException;
    }

    private void reading(Reading reading) {
        try {
            reading.run();
        } catch (IOException e) {
            throw new InvalidInput("The weights in %s cannot be read: %s.".formatted(source, e.getMessage()), e);
        }
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
        requireFloats(name);
        Entry entry = entry(name);
        Tensor tensor = entry.begin() == entry.end() ? Tensor.zeros(entry.shape()) : copied(name, entry);
        if (!tensor.allFinite()) {
            throw new InvalidInput(("The weight %s in %s holds NaN or infinite numbers, so every result would be NaN."
                            + " The training that wrote it must have diverged; use an earlier checkpoint.")
                    .formatted(name, entry.file().path()));
        }
        return tensor;
    }

    private static Tensor copied(String name, Entry entry) {
        try (FileChannel channel = entry.file().open();
                Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, entry.begin(), entry.end() - entry.begin(), arena);
            return switch (entry.type()) {
                case "F32" -> Tensor.of(bytes, entry.shape());
                case "F16", "BF16" -> Tensor.of(widened(bytes, entry.type(), arena), entry.shape());
                case "F64" -> Tensor.of(rounded(bytes, arena), entry.shape());
                default -> throw noFloats(name, entry);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws InvalidInput if a weight is of another type than those that are computed with
    void requireFloats(String name) {
        Entry entry = entry(name);
        if (!FLOATS.contains(entry.type())) throw noFloats(name, entry);
    }

    private static InvalidInput noFloats(String name, Entry entry) {
        return new InvalidInput(("The weight %s in %s is of type %s; weights have to be F32, F16, BF16 or F64."
                        + " Quantised weights are not computed with: use the checkpoint before quantisation.")
                .formatted(name, entry.file().path(), Excerpt.of(entry.type())));
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

    private void readFolder(InputFolder folder) throws IOException {
        if (folder.has("model.safetensors")) {
            readHeader(folder.file("model.safetensors"));
        } else if (folder.has(INDEX)) {
            readShards(folder);
        } else {
            throw new InvalidInput(MissingWeights.sentence(folder));
        }
    }

    private void readShards(InputFolder folder) throws IOException {
        Path index = folder.path().resolve(INDEX);
        JsonNode shards = WholeJson.of(folder.file(INDEX), LARGEST_INDEX).path("weight_map");
        Set<String> files = new TreeSet<>();
        shards.forEach(file -> files.add(file.asText()));
        if (files.isEmpty())
            throw new InvalidInput(
                    "%s has no weight_map that says which file holds which weight. Fetch the folder again."
                            .formatted(index));
        for (String file : files) {
            if (!file.matches("[A-Za-z0-9._-]+"))
                throw new InvalidInput("%s lists the file \"%s\", and only names of files in the same folder are read."
                        .formatted(index, Excerpt.of(file)));
            if (!folder.has(file)) {
                throw new InvalidInput(
                        "%s lists the file %s, which is not there. Fetch the folder again.".formatted(index, file));
            }
            readHeader(folder.file(file));
        }
        shards.fieldNames().forEachRemaining(name -> {
            if (!entries.containsKey(name)) {
                throw new InvalidInput("%s promises the weight %s, but no file holds it. Fetch the folder again."
                        .formatted(index, Excerpt.of(name)));
            }
        });
    }

    private void readHeader(InputFile file) throws IOException {
        try (FileChannel channel = file.open()) {
            long size = channel.size();
            long length = size < Long.BYTES ? -1 : number(channel);
            if (length < 2 || length > size - Long.BYTES) {
                throw truncatedOrForeign(file, size);
            }
            if (length > LARGEST_HEADER)
                throw new InvalidInput(
                        "%s has a header of %,d bytes, which names and shapes of an encoder's weights do not take; %,d at most are read. Save the model again with save_pretrained."
                                .formatted(file.path(), length, LARGEST_HEADER));
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

    private static Entry entry(Map.Entry<String, JsonNode> field, InputFile file, long start, long size) {
        JsonNode node = field.getValue();
        String name = field.getKey();
        long[] shape = shape(node.path("shape"), name, file);
        String type = node.path("dtype").asText();
        long begin = start + node.path("data_offsets").path(0).asLong(-1);
        long end = start + node.path("data_offsets").path(1).asLong(-1);
        if (begin < start || end < begin) {
            throw truncatedOrForeign(file, size);
        }
        if (end > size) {
            throw new InvalidInput(("%s is truncated: its weight %s ends at byte %d, but the file has %d bytes. Fetch"
                            + " or copy it again.")
                    .formatted(file.path(), Excerpt.of(name), end, size));
        }
        if (bytesEach(type) > 0 && !takes(shape, bytesEach(type), end - begin)) {
            throw new InvalidInput("%s says that its weight %s is %s numbers of type %s, but keeps %d bytes for it."
                    .formatted(file.path(), Excerpt.of(name), Excerpt.of(Arrays.toString(shape)), type, end - begin));
        }
        return new Entry(file, type, shape, begin, end);
    }

    private static long[] shape(JsonNode sizes, String name, InputFile file) {
        long[] shape = new long[sizes.size()];
        for (int i = 0; i < shape.length; i++) {
            JsonNode each = sizes.get(i);
            if (each == null || !each.isIntegralNumber() || !each.canConvertToLong() || each.asLong() < 0)
                throw new InvalidInput(
                        "%s says that its weight %s has the shape %s; sizes are whole numbers from 0 on. Fetch or copy it again."
                                .formatted(file.path(), Excerpt.of(name), Excerpt.of(sizes.toString())));
            shape[i] = each.asLong();
        }
        return shape;
    }

    private static boolean takes(long[] shape, int bytesEach, long bytes) {
        try {
            return Arrays.stream(shape).reduce(bytesEach, Math::multiplyExact) == bytes;
        } catch (ArithmeticException moreThanAnyFileHas) {
            return false;
        }
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

    private static JsonNode parse(ByteBuffer header, InputFile file, long size) {
        try {
            JsonNode root = Json.PLAIN.readTree(new String(header.array(), StandardCharsets.UTF_8));
            if (root.isObject()) return root;
            throw truncatedOrForeign(file, size);
        } catch (JsonProcessingException e) {
            throw truncatedOrForeign(file, size);
        }
    }

    private static InvalidInput truncatedOrForeign(InputFile file, long size) {
        return new InvalidInput(("%s (%d bytes) is not a safetensors file, or only the beginning of one. Fetch or copy"
                        + " it again; a file of a hundred-odd bytes is often a Git LFS pointer instead of the weights.")
                .formatted(file.path(), size));
    }

    private static long number(FileChannel channel) throws IOException {
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
