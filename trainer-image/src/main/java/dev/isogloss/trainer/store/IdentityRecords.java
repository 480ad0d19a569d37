package dev.isogloss.trainer.store;

import dev.isogloss.api.InvalidInput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// SHA-256 of the files of each dataset, corpus and encoder: more files as steps read them, never other digests.
public interface IdentityRecords {

    /// Compares with what is recorded, and records nothing.
    ///
    /// @param found SHA-256 by file
    /// @throws InvalidInput if a file is recorded with another
    void check(Identity identity, Map<String, String> found) throws IOException;

    /// Compares, and records what was not known.
    void record(Identity identity, Map<String, String> found) throws IOException;

    /// @param where    the record, as a user would remove it
    /// @param file     its name
    /// @param recorded its digest, if it is known
    static void compare(String where, Identity identity, String file, @Nullable String recorded, String digest) {
        if (recorded == null || recorded.equals(digest)) return;
        throw new InvalidInput(
                ("%s of the %s %s, version %s, has changed: its SHA-256 is %s..., and results in this store were made"
                                + " with %s.... Put the old file back, or give the changed data a new version in the"
                                + " manifest, so that old and new results are not mixed. (If the old results are worth"
                                + " nothing, remove %s.)")
                        .formatted(
                                file,
                                identity.kind(),
                                identity.name(),
                                identity.version(),
                                digest.substring(0, 12),
                                recorded.substring(0, 12),
                                where));
    }

    /// Names are a user's: "org/name" or ".." must not become a path. Letters of all scripts, digits, `-`, `_` and
    /// inner dots stay; everything else becomes `%XX`.
    static String safe(String name) {
        StringBuilder out = new StringBuilder();
        name.codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || c == '-' || c == '_' || (c == '.' && !out.isEmpty());
            if (plain) out.appendCodePoint(c);
            else out.append('%').append(Integer.toHexString(c));
        });
        return out.isEmpty() ? "%" : out.toString();
    }

    /// `datasets/<name>/<version>`.
    static String path(Identity identity) {
        return "%s/%s/%s".formatted(identity.kind().folder(), safe(identity.name()), safe(identity.version()));
    }
}
