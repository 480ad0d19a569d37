package dev.isogloss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What nobody notices when it breaks: links between pages, commands in them, and comments that the formatter
/// has cut in two.
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern MANIFEST = Pattern.compile("(?<![\\w/*-])examples/[\\w/.-]+\\.yaml\\b");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

    @Test
    void links_between_pages_lead_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) broken.addAll(brokenLinks(page));

        assertThat(broken).isEmpty();
    }

    @Test
    void a_link_to_nowhere_is_found(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(page, """
                # One heading, `two` words

                [here](page.md), [there](there.md), [above](#one-heading-two-words), [below](page.md#none),
                [out](https://example.org/x)

                ```
                [not a link](code.md)
                ```
                """);

        assertThat(brokenLinks(page)).containsExactly(page + " links to there.md", page + " links to page.md#none");
    }

    @Test
    void manifests_that_pages_tell_users_to_run_are_there() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) missing.addAll(missingManifests(page));

        assertThat(missing).isEmpty();
    }

    @Test
    void a_manifest_that_is_not_there_is_found(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(
                page, "    ./isogloss run examples/quickstart.yaml examples/slowstart.yaml examples/*/n*ne.yaml\n");

        assertThat(missingManifests(page)).containsExactly(page + " names examples/slowstart.yaml");
    }

    @Test
    void no_comment_is_cut_in_two() throws IOException {
        List<String> cut = new ArrayList<>();
        for (Path source : below(ROOT, ".java")) cut.addAll(cutComments(source));

        assertThat(cut)
                .as("the formatter breaks comments of more than 120 columns: keep them within 118")
                .isEmpty();
    }

    @Test
    void a_cut_comment_is_found(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("Cut.java");
        Files.writeString(
                source, "/// A sentence that was too\n// long.\n/// | a | table's\n/// row |\nint i;\n// a note\n");

        assertThat(cutComments(source)).containsExactly(source + ":2: // long.", source + ":3: /// | a | table's");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(below(ROOT.resolve("docs"), ".md"));
        pages.addAll(below(ROOT.resolve("examples"), ".md"));
        try (Stream<Path> top = Files.list(ROOT)) {
            top.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        assertThat(pages).as("pages below " + ROOT).hasSizeGreaterThan(3);
        return pages;
    }

    /// Files in folders that are neither hidden nor made by the build.
    private static List<Path> below(Path folder, String ending) throws IOException {
        Predicate<Path> ours =
                file -> Stream.of(folder.relativize(file).toString().split("[/\\\\]"))
                        .noneMatch(name -> name.startsWith(".") || name.equals("target"));
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(ours)
                    .sorted()
                    .toList();
        }
    }

    private static List<String> brokenLinks(Path page) throws IOException {
        String text = FENCED.matcher(Files.readString(page)).replaceAll("");
        List<String> broken = new ArrayList<>();
        for (MatchResult link : LINK.matcher(text).results().toList())
            if (!leadsSomewhere(page, link.group(1))) broken.add(page + " links to " + link.group(1));
        return broken;
    }

    /// Of those that are named whole; a pattern may stand for none.
    private static List<String> missingManifests(Path page) throws IOException {
        return MANIFEST.matcher(Files.readString(page))
                .results()
                .map(MatchResult::group)
                .filter(manifest -> !Files.exists(ROOT.resolve(manifest)))
                .map(manifest -> page + " names " + manifest)
                .toList();
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        if (ELSEWHERE.matcher(target).matches()) return true;
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path there = file.isEmpty() ? page : page.resolveSibling(file);
        if (!Files.exists(there)) return false;
        return hash < 0 || headings(there).contains(target.substring(hash + 1));
    }

    /// Headings as GitHub and most other readers name them in addresses.
    private static List<String> headings(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-'))
                .toList();
    }

    /// A documentation line that goes on as a plain comment, and a table's row that goes on in the next line.
    private static List<String> cutComments(Path source) throws IOException {
        List<String> cut = new ArrayList<>();
        List<String> lines = Files.readAllLines(source);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean tail =
                    line.startsWith("// ") && i > 0 && lines.get(i - 1).strip().startsWith("///");
            boolean head = line.startsWith("/// |") && !line.endsWith("|");
            if (tail || head) cut.add("%s:%d: %s".formatted(source, i + 1, line));
        }
        return cut;
    }
}
