package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.files.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The lines of a UTF-8 file, plain or gzip (by its first bytes), read once from front to end while its SHA-256 is
/// taken.
///
/// A byte-order mark at the start of a line is skipped (files that have one are also concatenated), and CRLF counts
/// as one line end. What is no text is refused by its first bytes ([FileKind]). Bytes that are not UTF-8 are
/// refused, never replaced: a replacement character in training data is a mistake that is not seen any more.
public final class Lines implements AutoCloseable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int BEGINNING = 512;

    /// Bytes of a line, unpacked. A text of a book is shorter, and a file without line ends, or a few kilobytes of gzip
    /// that unpack to gigabytes, must not fill the memory.
    static final int LONGEST = 16 << 20;

    private final Path path;
    private final String name;
    private final FileChannel channel;
    private final DigestInputStream raw;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private byte[] line = new byte[1 << 10];
    private long number;
    private long lineStart;
    private long position;

    private Lines(InputFile file, String name, FileChannel channel, DigestInputStream raw, InputStream in) {
        this.path = file.path();
        this.name = name;
        this.channel = channel;
        this.raw = raw;
        this.in = in;
    }

    /// @param name the path as the dataset names it, for the record of what was read
    /// @throws InvalidInput if the file is missing, is no file, may not be read, is not the gzip file its name
    ///     says, or is something else than text
    public static Lines open(InputFile file, String name) {
        Path path = file.path();
        if (Files.isDirectory(path)) throw new InvalidInput(path + " is a folder, and a file is needed here.");
        try {
            FileChannel channel = file.open();
            try {
                DigestInputStream raw = new DigestInputStream(Channels.newInputStream(channel), Sha256.begin());
                Lines lines = new Lines(file, name, channel, raw, unpacked(path, raw));
                lines.look();
                return lines;
            } catch (IOException | RuntimeException e) {
                channel.close();
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
                if (length + count > LONGEST) throw tooLong();
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
            return new SourceFile(name, path, sha256, channel.size());
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

    private static InputStream unpacked(Path path, InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, BEGINNING);
        byte[] first = in.readNBytes(BEGINNING);
        in.unread(first);
        boolean gzip = first.length >= 2 && first[0] == 0x1f && first[1] == (byte) 0x8b;
        if (gzip) return new GzipMembers(in);
        if (!path.toString().endsWith(".gz")) return in;
        if (first.length == 0) throw new EOFException();
        throw new InvalidInput("%s ends in .gz but is no gzip file: it %s"
                .formatted(
                        path,
                        FileKind.of(first)
                                .map(kind -> kind.sentence(path))
                                .orElse("begins with \"%s\". Fetch it again, or rename it if it is not compressed."
                                        .formatted(Excerpt.of(new String(first, StandardCharsets.UTF_8))))));
    }

    private void look() throws IOException {
        to = in.readNBytes(buffer, 0, buffer.length);
        FileKind.of(Arrays.copyOf(buffer, to)).ifPresent(kind -> {
            throw new InvalidInput(path + " " + kind.sentence(path));
        });
    }

    private String decode(int length) {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) requireUtf8(length);
        int marks = 0;
        while (marks < text.length() && text.charAt(marks) == BYTE_ORDER_MARK) marks++;
        return text.substring(marks);
    }

    private void requireUtf8(int length) {
        ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
        boolean wrong = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(bytes, CharBuffer.allocate(length), true)
                .isError();
        if (wrong) throw notUtf8(bytes.position());
    }

    private InvalidInput notUtf8(int offset) {
        return new InvalidInput(("%s holds byte 0x%02X, which is not UTF-8 (byte %d of the line, byte %d of the file). "
                        + "If the file is Latin-1 or Windows-1252, convert it: iconv -f WINDOWS-1252 -t UTF-8 %s > NEW")
                .formatted(place(), line[offset] & 0xff, offset + 1, lineStart + offset + 1, path.getFileName()));
    }

    private InvalidInput tooLong() {
        boolean array = line[0] == '[';
        return new InvalidInput("%s, line %d is longer than %,d bytes, and no line may be: its line ends are missing.%s"
                .formatted(
                        path,
                        number + 1,
                        LONGEST,
                        array
                                ? " If the file is a JSON array, convert it: jq -c '.[]' FILE > NEW"
                                : " Write one text or example a line."));
    }

    private static InvalidInput unreadable(Path path, IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> new InvalidInput("There is no file " + path + ".", missing);
            case ZipException broken ->
                new InvalidInput(
                        path + " is a damaged gzip file (" + broken.getMessage() + "). Copy it again.", broken);
            case EOFException cut ->
                new InvalidInput(path + " is cut short: the gzip stream ends too early. Copy it again.", cut);
            default -> new InvalidInput(path + " cannot be read: " + e + ".", e);
        };
    }
}
