package dev.isogloss.trainer.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Kinds of files that are no lines of UTF-8 text and are often found where such are expected, each with what to do.
enum FileKind {
    Gzip("is compressed twice with gzip. Unpack it once: gunzip < %1$s > NEW.gz"),
    Bzip2("is compressed with bzip2, and only gzip is read. Write: bunzip2 < %1$s | gzip > NEW.gz"),
    Xz("is compressed with xz, and only gzip is read. Write: xz -dc < %1$s | gzip > NEW.gz"),
    Zstandard("is compressed with Zstandard, and only gzip is read. Write: zstd -dc < %1$s | gzip > NEW.gz"),
    Zip("is a zip archive or a spreadsheet. Unpack it, or save the spreadsheet as text of UTF-8 with tabs."),
    Tar("is a tar archive. Unpack it (tar -xf %1$s) and name the files inside it."),
    Parquet(table("parquet file", "read_parquet")),
    Arrow(table("Feather (Arrow) file", "read_feather")),
    Pdf("is a PDF document. Take the text out of it first."),
    LfsPointer("is a pointer of Git LFS, and the file itself was never fetched. Run git lfs pull in the repository that"
            + " it came from, and copy it again."),
    WebPage("is a web page (HTML), as a download leaves it that met a login or an error. Fetch the file itself."),
    Utf16LittleEndian(utf16("LE")),
    Utf16BigEndian(utf16("BE")),
    CarriageReturns("has line ends of carriage returns (CR) alone, as Excel for Mac writes them. Convert it:"
            + " tr '\\r' '\\n' < %1$s > NEW");

    private static final int BEGINNING = 512;
    private static final int TAR_MAGIC = 257;

    private final String remedy;

    FileKind(String remedy) {
        this.remedy = remedy;
    }

    private static String table(String what, String reader) {
        return "is a " + what + ", and lines of text are needed. Write JSON lines: python -c \"import pandas;"
                + " pandas." + reader + "('%1$s').to_json('NEW.jsonl', orient='records', lines=True,"
                + " force_ascii=False)\"";
    }

    private static String utf16(String order) {
        return "is UTF-16, and UTF-8 is needed. Convert it: iconv -f UTF-16" + order + " -t UTF-8 %1$s > NEW";
    }

    /// What the file is and what to do, to be read after its name.
    String sentence(Path file) {
        return remedy.formatted(file.getFileName());
    }

    /// @param bytes the first bytes of a file, already unpacked if it is gzip
    /// @return empty if this may be text
    static Optional<FileKind> of(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, BEGINNING), ISO_8859_1);
        String begin =
                text.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("\u00ff\u00fe")) return Optional.of(Utf16LittleEndian);
        if (text.startsWith("\u00fe\u00ff")) return Optional.of(Utf16BigEndian);
        if (begin.startsWith("version https://git-lfs.github.com/")) return Optional.of(LfsPointer);
        if (begin.startsWith("<!doctype html") || begin.matches("(?s)<html[\\s>].*")) return Optional.of(WebPage);
        return magic(text).or(() -> utf16(bytes)).or(() -> carriageReturns(bytes));
    }

    private static Optional<FileKind> magic(String text) {
        if (text.startsWith("\u001f\u008b")) return Optional.of(Gzip);
        if (text.matches("(?s)BZh[1-9]1AY&SY.*")) return Optional.of(Bzip2);
        if (text.startsWith("\u00fd7zXZ\0")) return Optional.of(Xz);
        if (text.startsWith("\u0028\u00b5\u002f\u00fd")) return Optional.of(Zstandard);
        if (text.startsWith("PK\3\4")) return Optional.of(Zip);
        if (text.startsWith("PAR1")) return Optional.of(Parquet);
        if (text.startsWith("ARROW1\0")) return Optional.of(Arrow);
        if (text.startsWith("%PDF-")) return Optional.of(Pdf);
        return text.startsWith("ustar", TAR_MAGIC) ? Optional.of(Tar) : Optional.empty();
    }

    /// Of UTF-16 without a mark every other byte of Latin letters, digits, blanks and line ends is zero, and no byte
    /// between them. A text with a stray zero byte has few.
    private static Optional<FileKind> utf16(byte[] bytes) {
        int[] zeros = new int[2];
        for (int i = 0; i < bytes.length; i++) if (bytes[i] == 0) zeros[i % 2]++;
        int enough = Math.max(2, bytes.length / 20);
        if (zeros[0] == 0 && zeros[1] >= enough) return Optional.of(Utf16LittleEndian);
        return zeros[1] == 0 && zeros[0] >= enough ? Optional.of(Utf16BigEndian) : Optional.empty();
    }

    /// The last byte does not count: a line feed may follow it.
    private static Optional<FileKind> carriageReturns(byte[] bytes) {
        byte[] inside = Arrays.copyOf(bytes, Math.max(0, bytes.length - 1));
        boolean fed = false;
        boolean returned = false;
        for (byte b : inside) {
            fed |= b == '\n';
            returned |= b == '\r';
        }
        fed |= bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        return returned && !fed ? Optional.of(CarriageReturns) : Optional.empty();
    }
}
