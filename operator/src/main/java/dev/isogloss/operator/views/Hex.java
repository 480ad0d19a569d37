package dev.isogloss.operator.views;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Form of texts that are often hexadecimal (uids, keys, digests) in half their length.
final class Hex {
    private static final int NONE = 0;
    private static final int OTHER = 1;
    private static final int OF_UID = 2;
    private static final int OF_DIGEST = 3;

    private Hex() {}

    static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) out.writeByte(NONE);
        else if (isUid(text)) {
            UUID uid = UUID.fromString(text);
            out.writeByte(OF_UID);
            out.writeLong(uid.getMostSignificantBits());
            out.writeLong(uid.getLeastSignificantBits());
        } else if (text.length() == 64 && isHexadecimal(text, 0, 64)) {
            out.writeByte(OF_DIGEST);
            out.write(HexFormat.of().parseHex(text));
        } else {
            out.writeByte(OTHER);
            out.writeUTF(text);
        }
    }

    /// By hand, as all of this: of hundreds of thousands of steps a regular expression took a twentieth of a start.
    private static boolean isUid(String text) {
        return text.length() == 36
                && isHexadecimal(text, 0, 8)
                && text.charAt(8) == '-'
                && isHexadecimal(text, 9, 13)
                && text.charAt(13) == '-'
                && isHexadecimal(text, 14, 18)
                && text.charAt(18) == '-'
                && isHexadecimal(text, 19, 23)
                && text.charAt(23) == '-'
                && isHexadecimal(text, 24, 36);
    }

    private static boolean isHexadecimal(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char letter = text.charAt(i);
            if ((letter < '0' || letter > '9') && (letter < 'a' || letter > 'f')) return false;
        }
        return true;
    }

    static @Nullable String read(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case NONE -> null;
            case OF_UID -> new UUID(in.readLong(), in.readLong()).toString();
            case OF_DIGEST -> HexFormat.of().formatHex(in.readNBytes(32));
            default -> in.readUTF();
        };
    }
}
