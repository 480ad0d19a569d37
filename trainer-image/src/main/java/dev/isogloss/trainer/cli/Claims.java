package dev.isogloss.trainer.cli;

import dev.isogloss.api.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The volume claims that a manifest needs, held against the folders it was given.
final class Claims {

    private Claims() {}

    /// @throws InvalidInput if a claim that data or encoders lie in has no folder, or a folder is not there
    static void check(Map<String, Path> given, Set<String> needed) {
        Set<String> missing = new TreeSet<>(needed);
        missing.removeAll(given.keySet());
        if (!missing.isEmpty()) throw new InvalidInput(missing(missing, given, needed));
        given.forEach(Claims::checkFolder);
    }

    private static void checkFolder(String name, Path folder) {
        if (!Files.isDirectory(folder))
            throw new InvalidInput("--claim %s=%s: there is no such folder (looked at %s)."
                    .formatted(name, folder, folder.toAbsolutePath().normalize()));
    }

    private static String missing(Set<String> missing, Map<String, Path> given, Set<String> needed) {
        String options = missing.stream().map("--claim %s=FOLDER"::formatted).collect(Collectors.joining(" "));
        Set<String> unused = new TreeSet<>(given.keySet());
        unused.removeAll(needed);
        String mapped =
                given.isEmpty() ? "none is mapped" : "mapped: " + String.join(", ", new TreeSet<>(given.keySet()));
        String hint =
                unused.isEmpty() ? "" : " Nothing in the manifest is called %s.".formatted(String.join(" or ", unused));
        return "The manifest reads from volume claims, and outside a cluster each needs a folder: %s (needed: %s; %s).%s Add %s."
                .formatted(
                        missing.size() == 1
                                ? missing.iterator().next() + " has none"
                                : String.join(", ", missing) + " have none",
                        String.join(", ", needed),
                        mapped,
                        hint,
                        options);
    }
}
