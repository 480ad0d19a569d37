package dev.isogloss.trainer.files;

import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Files that are read whole: so many bytes of UTF-8 at most. They are looked at before any of them is kept, since the
/// memory that a text and its tree take is a multiple of its bytes.
public final class WholeText {
    private WholeText() {}

    /// @param most bytes that no sound file of its kind has
    /// @return without a byte-order mark
    /// @throws InvalidInput if the file is longer, no UTF-8 text, or cannot be read
    public static String of(InputFile file, int most) {
        try (FileChannel channel = file.open();
                InputStream in = Channels.newInputStream(channel)) {
            if (channel.size() > most) throw tooLong(file, channel.size(), most);
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) throw tooLong(file, bytes.length, most);
            return decoded(file, bytes);
        } catch (IOException e) {
            throw new InvalidInput("%s cannot be read: %s.".formatted(file.path(), e.getMessage()), e);
        }
    }

    private static InvalidInput tooLong(InputFile file, long bytes, int most) {
        return new InvalidInput(
                "%s has %,d bytes; files of this name have a few, and %,d at most are read. Another file may have got its name: fetch or copy it again."
                        .formatted(file.path(), bytes, most));
    }

    private static String decoded(InputFile file, byte[] bytes) {
        if (bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b)
            throw new InvalidInput("%s is compressed with gzip, and is read as it stands. Unpack it: gunzip < %s > NEW"
                    .formatted(file.path(), file.path().getFileName()));
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidInput(
                    "%s is not UTF-8 text. Save it as UTF-8, or fetch it again.".formatted(file.path()), e);
        }
    }
}
