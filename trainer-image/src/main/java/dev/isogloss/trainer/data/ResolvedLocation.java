package dev.isogloss.trainer.data;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.trainer.files.InputFile;
import dev.isogloss.trainer.files.InputFolder;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A location on this machine: a folder and a path below it that may hold `{language}` and `{split}`.
///
/// @param folder   what the claim or URI stands for
/// @param pattern  the path below it, with forward slashes
/// @param confined whether nothing outside the folder is read
public record ResolvedLocation(Path folder, String pattern, boolean confined) {

    /// @param claims folders by claim name: `--claim name=folder`, or where a pod has them mounted
    /// @param what   lies there, for messages: "The corpus"
    /// @throws InvalidInput if the claim is not mapped, or the URI is of a kind that is not read from here
    public static ResolvedLocation of(Location location, ClaimFolders claims, String what) {
        return of(location, location.path(), claims, what);
    }

    /// The same with another path than that of the location.
    static ResolvedLocation of(Location location, @Nullable String path, ClaimFolders claims, String what) {
        String claim = location.claim();
        if (claim != null) {
            Path folder = claims.folders().get(claim);
            if (folder == null)
                throw new InvalidInput(
                        "%s lies in claim \"%s\", which stands for no folder here%s Write --claim %s=FOLDER."
                                .formatted(what, claim, known(claims.folders().keySet()), claim));
            return new ResolvedLocation(folder, path == null ? "" : path, claims.confined());
        }
        String uri = location.uri();
        if (uri == null) throw new InvalidInput("The location of %s needs a claim or a uri.".formatted(what));
        return ofUri(uri, path, what);
    }

    /// @param uri `file:///folder` or the path of a folder
    public static ResolvedLocation ofUri(String uri, String what) {
        return ofUri(uri, null, what);
    }

    private static String known(Set<String> claims) {
        if (claims.isEmpty()) return ".";
        return " (known: " + String.join(", ", new TreeSet<>(claims)) + ").";
    }

    /// The braces of a pattern are not allowed in a URI, so the scheme is cut off by hand.
    private static ResolvedLocation ofUri(String uri, @Nullable String path, String what) {
        int scheme = uri.indexOf(':');
        boolean hasScheme = scheme > 1 && uri.substring(0, scheme).matches("[A-Za-z][A-Za-z0-9+.-]*");
        if (hasScheme && !uri.startsWith("file:"))
            throw new InvalidInput(
                    ("%s cannot lie at %s. Write file:///FOLDER for a folder of this machine, s3://BUCKET/FOLDER for a"
                                    + " bucket, or, for an encoder of a hub, hf://ORGANISATION/NAME.")
                            .formatted(what, uri));
        String local = hasScheme ? decoded(uri.substring("file:".length())) : uri;
        int open = 0;
        while (open < local.length() && local.charAt(open) != '{' && local.charAt(open) != '*') open++;
        boolean folderAlone = path != null && open == local.length();
        int cut = folderAlone ? local.length() : local.lastIndexOf('/', open);
        String folder = cut < 0 ? "" : local.substring(0, Math.max(cut, 1));
        return new ResolvedLocation(Path.of(folder), path != null ? path : local.substring(cut + 1), false);
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

    /// A file of the location, if it may be read.
    ///
    /// @throws InvalidInput if a link or `..` leads out of a folder that is confined
    public InputFile inside(Path file) {
        return new InputFile(file, within()).checked();
    }

    /// A folder of the location, if it may be read.
    ///
    /// @throws InvalidInput if a link or `..` leads out of a folder that is confined
    public InputFolder folderInside(Path path) {
        inside(path);
        return new InputFolder(path, within());
    }

    private @Nullable Path within() {
        return confined ? folder : null;
    }

    /// Folder and path together.
    public Path path() {
        return folder.resolve(pattern);
    }

    /// The path below the folder with its placeholders filled.
    String name(String language, String split) {
        return pattern.replace("{language}", language).replace("{split}", split);
    }

    /// A sentence that lists the deepest folder of `path` that exists, for a user whose file is missing.
    String contents(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        while (folder != null && !Files.isDirectory(folder)) folder = folder.getParent();
        if (folder == null) return "";
        Path listed = folder;
        try {
            String names = new InputFolder(listed, within())
                    .names().stream()
                            .limit(20)
                            .map(name -> name + (Files.isDirectory(listed.resolve(name)) ? "/" : ""))
                            .collect(Collectors.joining(", "));
            return " %s holds %s.".formatted(folder, names.isEmpty() ? "nothing" : names);
        } catch (InvalidInput outside) {
            return "";
        } catch (IOException e) {
            return " " + folder + " cannot be listed.";
        }
    }
}
