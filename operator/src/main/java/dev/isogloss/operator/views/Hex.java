package dev.isogloss.operator.views;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Form of texts that are often hexadecimal (uids, keys, digests) in half their length.
final class Hex {
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int NONE = 0;
    private static final int OTHER = 1;
    private static final int OF_UID = 2;
    private static final int OF_DIGEST = 3;

    private Hex() {}

    static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) out.writeByte(NONE);
        else if (text.length() == 36 && UID.matcher(text).matches()) {
            UUID uid = UUID.fromString(text);
            out.writeByte(OF_UID);
            out.writeLong(uid.getMostSignificantBits());
            out.writeLong(uid.getLeastSignificantBits());
        } else if (text.length() == 64 && DIGEST.matcher(text).matches()) {
            out.writeByte(OF_DIGEST);
            out.write(HexFormat.of().parseHex(text));
        } else {
            out.writeByte(OTHER);
            out.writeUTF(text);
        }
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
