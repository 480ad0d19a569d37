package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The lines of a UTF-8 file, plain or gzip (by its ending), read once from front to end while its SHA-256 is taken.
///
/// A byte-order mark is skipped and CRLF counts as one line end. Bytes that are not UTF-8 are refused, never replaced:
/// a replacement character in training data is a mistake that is not seen any more.
public final class Lines implements AutoCloseable {
    private final Path path;
    private final String name;
    private final DigestInputStream raw;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private byte[] line = new byte[1 << 10];
    private long number;
    private long lineStart;
    private long position;

    private Lines(Path path, String name, DigestInputStream raw, InputStream in) {
        this.path = path;
        this.name = name;
        this.raw = raw;
        this.in = in;
    }

    /// @param name the path as the dataset names it, for the record of what was read
    /// @throws InvalidInput if the file is missing, is no file, may not be read, or is not the gzip file its name
    /// says
    public static Lines open(Path path, String name) {
        if (Files.isDirectory(path)) throw new InvalidInput(path + " is a folder, and a file is needed here.");
        try {
            DigestInputStream raw = new DigestInputStream(Files.newInputStream(path), Sha256.begin());
            try {
                InputStream in = path.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
                Lines lines = new Lines(path, name, raw, in);
                lines.skipByteOrderMark();
                return lines;
            } catch (IOException | RuntimeException e) {
                raw.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    public Path path() {
        return path;
    }

    /// The number of the line that [#next] gave last, counted from 1.
    public long number() {
        return number;
    }

    /// The place of the line that [#next] gave last, as an error message names it.
    public String place() {
        return path + ", line " + number;
    }

    /// The next line without its end, or null after the last one. A last line needs no line end.
    public @Nullable String next() {
        int length = 0;
        lineStart = position;
        try {
            while (true) {
                if (from == to && !fill()) {
                    if (length == 0) return null;
                    break;
                }
                int end = from;
                while (end < to && buffer[end] != '\n') end++;
                int count = end - from;
                if (length + count > line.length) line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
                System.arraycopy(buffer, from, line, length, count);
                length += count;
                position += count;
                from = end;
                if (end < to) {
                    from++;
                    position++;
                    break;
                }
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        number++;
        if (length > 0 && line[length - 1] == '\r') length--;
        return decode(length);
    }

    /// Reads what is left and tells what file this was.
    public SourceFile finish() {
        try {
            while (next() != null) {}
            raw.transferTo(java.io.OutputStream.nullOutputStream());
            String sha256 = Sha256.hex(raw.getMessageDigest().digest());
            return new SourceFile(name, path, sha256, Files.size(path));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }

    private void skipByteOrderMark() throws IOException {
        to = in.readNBytes(buffer, 0, 3);
        if (to >= 2
                && ((buffer[0] & 0xff) == 0xff && (buffer[1] & 0xff) == 0xfe
                        || (buffer[0] & 0xff) == 0xfe && (buffer[1] & 0xff) == 0xff))
            throw new InvalidInput("%s is UTF-16, and UTF-8 is needed. Convert it: iconv -f UTF-16 -t UTF-8 %s > NEW"
                    .formatted(path, path.getFileName()));
        if (to == 3 && (buffer[0] & 0xff) == 0xef && (buffer[1] & 0xff) == 0xbb && (buffer[2] & 0xff) == 0xbf) {
            from = 3;
            position = 3;
        }
    }

    private String decode(int length) {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) return text;
        ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
        boolean wrong = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(bytes, CharBuffer.allocate(length), true)
                .isError();
        if (wrong) throw notUtf8(bytes.position());
        return text;
    }

    private InvalidInput notUtf8(int offset) {
        return new InvalidInput(("%s holds byte 0x%02X, which is not UTF-8 (byte %d of the line, byte %d of the file). "
                        + "If the file is Latin-1, convert it: iconv -f ISO-8859-1 -t UTF-8 %s > NEW")
                .formatted(place(), line[offset] & 0xff, offset + 1, lineStart + offset + 1, path.getFileName()));
    }

    private static InvalidInput unreadable(Path path, IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> new InvalidInput("There is no file " + path + ".", missing);
            case ZipException broken ->
                new InvalidInput(path + " ends in .gz but is no gzip file (" + broken.getMessage() + ").", broken);
            case EOFException cut ->
                new InvalidInput(path + " is cut short: the gzip stream ends too early. Copy it again.", cut);
            default -> new InvalidInput(path + " cannot be read: " + e + ".", e);
        };
    }
}
