package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A location on this machine: a folder and a path below it that may hold `{language}` and `{split}`.
///
/// @param folder  what the claim or URI stands for
/// @param pattern the path below it, with forward slashes
record ResolvedLocation(Path folder, String pattern) {

    /// @param claims folders by claim name: `--claim name=folder`, or where a pod has them mounted
    /// @throws InvalidInput if the claim is not mapped, or the URI is of a kind that is not read from here
    static ResolvedLocation of(Location location, @Nullable String otherPath, Map<String, Path> claims, String what) {
        String path = otherPath != null ? otherPath : location.path();
        String claim = location.claim();
        if (claim != null) {
            Path folder = claims.get(claim);
            if (folder == null)
                throw new InvalidInput(
                        "%s lies in claim \"%s\", which stands for no folder here%s Write --claim %s=FOLDER."
                                .formatted(what, claim, known(claims.keySet()), claim));
            return new ResolvedLocation(folder, path == null ? "" : path);
        }
        String uri = location.uri();
        if (uri == null) throw new InvalidInput("The location of %s needs a claim or a uri.".formatted(what));
        return ofUri(uri, path, what);
    }

    private static String known(Set<String> claims) {
        if (claims.isEmpty()) return ".";
        return " (known: " + String.join(", ", new TreeSet<>(claims)) + ").";
    }

    /// The braces of a pattern are not allowed in a URI, so the scheme is cut off by hand.
    private static ResolvedLocation ofUri(String uri, @Nullable String path, String what) {
        int scheme = uri.indexOf(':');
        boolean other = scheme > 1 && uri.substring(0, scheme).chars().allMatch(Character::isLetterOrDigit);
        if (other && !uri.startsWith("file:"))
            throw new InvalidInput(
                    "%s lies at %s; data are read from claims, buckets (s3://) and file: URIs. Copy it and write file:///FOLDER/..."
                            .formatted(what, uri));
        String local = other ? decoded(uri.substring("file:".length())) : uri;
        int open = 0;
        while (open < local.length() && local.charAt(open) != '{' && local.charAt(open) != '*') open++;
        boolean folderAlone = path != null && open == local.length();
        int cut = folderAlone ? local.length() : local.lastIndexOf('/', open);
        String folder = cut < 0 ? "" : local.substring(0, Math.max(cut, 1));
        return new ResolvedLocation(Path.of(folder), path != null ? path : local.substring(cut + 1));
    }

    private static String decoded(String path) {
        String bare = path.startsWith("//") ? path.substring(2) : path;
        try {
            return bare.indexOf('%') < 0
                    ? bare
                    : new URI(bare.replace("{", "%7B").replace("}", "%7D")).getPath();
        } catch (URISyntaxException e) {
            return bare;
        }
    }

    /// The path below the folder with its placeholders filled.
    String name(String language, String split) {
        return pattern.replace("{language}", language).replace("{split}", split);
    }

    /// What lies in the deepest folder of `path` that exists: what a user wants to see when a file is missing.
    static String whatIsThere(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        while (folder != null && !Files.isDirectory(folder)) folder = folder.getParent();
        if (folder == null) return "";
        try (Stream<Path> files = Files.list(folder)) {
            String names = files.map(file -> file.getFileName().toString() + (Files.isDirectory(file) ? "/" : ""))
                    .sorted()
                    .limit(20)
                    .collect(Collectors.joining(", "));
            return " %s holds %s.".formatted(folder, names.isEmpty() ? "nothing" : names);
        } catch (IOException e) {
            return " " + folder + " cannot be listed.";
        }
    }
}
