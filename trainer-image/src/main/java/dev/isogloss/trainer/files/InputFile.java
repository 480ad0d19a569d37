package dev.isogloss.trainer.files;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A file that a user handed in, and the folder that it must not lead out of.
///
/// Whoever else can write there may replace a file by a link between two looks at it, so a path that was looked at is
/// never opened by its name: [#open] finds out where it leads and goes there without following any link.
///
/// @param within null where links may lead anywhere, as on one's own machine
public record InputFile(Path path, @Nullable Path within) {
    private static final int BUFFER = 1 << 18;

    /// A file that may be a link to any place.
    public static InputFile anywhere(Path path) {
        return new InputFile(path, null);
    }

    /// The same file, if it lies where it may.
    ///
    /// @throws InvalidInput if a link or `..` leads out of the folder
    public InputFile checked() {
        if (within != null && !isInside(within)) throw outside();
        return this;
    }

    private boolean isInside(Path folder) {
        try {
            return path.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException notThere) {
            return path.normalize().startsWith(folder.normalize());
        }
    }

    private InvalidInput outside() {
        return new InvalidInput(
                ("%s leads out of the volume claim, by a link or by \"..\", and in a pod nothing outside of"
                                + " it is read. Copy the file into the claim.")
                        .formatted(path));
    }

    /// Opens the file for reading.
    ///
    /// @throws InvalidInput if it leads out of the folder, or is a pipe or a device, which may never end
    public FileChannel open() throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path))
            throw new InvalidInput("%s is %s, and a file is needed here."
                    .formatted(path, Files.isDirectory(path) ? "a folder" : "a pipe, a socket or a device"));
        if (within == null) return FileChannel.open(path, StandardOpenOption.READ);
        Path folder = within.toRealPath();
        Path real = path.toRealPath();
        if (!real.startsWith(folder) || real.equals(folder)) throw outside();
        return WithoutLinks.open(folder, folder.relativize(real));
    }

    /// The same as a stream, which closes the file.
    public InputStream stream() throws IOException {
        return Channels.newInputStream(open());
    }

    /// SHA-256 of the file's bytes, in hex.
    public String sha256() throws IOException {
        MessageDigest digest = Sha256.begin();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = stream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
        }
        return Sha256.hex(digest.digest());
    }
}
