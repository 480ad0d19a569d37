package dev.isogloss.report.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The headings and tables of a page of Markdown, but for what stands in its blocks of code.
///
/// @param parts in the order of the page
record PublishedPage(List<Part> parts) {
    private static final Pattern HEADING = Pattern.compile("(#+)\\s*(.*?)(?:\\s+#+)?\\s*");
    private static final Pattern FENCE = Pattern.compile("\\s{0,3}(```[^`]*|~~~.*)");
    private static final Pattern EMPHASIS = Pattern.compile("[*_`]");
    private static final int MOST_HEADINGS = 12;

    /// A part of it.
    sealed interface Part {
        /// @param level from 1, that of the whole page
        record Heading(int level, String title) implements Part {}

        record Table(List<List<PublishedCell>> rows) implements Part {}
    }

    static PublishedPage of(String text) {
        List<Part> parts = new ArrayList<>();
        List<List<PublishedCell>> rows = new ArrayList<>();
        List<String> lines = (text + "\n\n").lines().toList();
        boolean code = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (FENCE.matcher(line).matches()) code = !code;
            if (!code && line.startsWith("|")) {
                rows.add(cells(line, i + 1));
                continue;
            }
            if (!rows.isEmpty()) parts.add(new Part.Table(rows));
            rows = new ArrayList<>();
            Matcher heading = HEADING.matcher(line);
            if (!code && heading.matches())
                parts.add(new Part.Heading(heading.group(1).length(), heading.group(2)));
        }
        return new PublishedPage(parts);
    }

    private static List<PublishedCell> cells(String line, int number) {
        return Arrays.stream(line.strip()
                        .replaceFirst("^\\|", "")
                        .replaceFirst("\\|$", "")
                        .split("\\|", -1))
                .map(text -> new PublishedCell(text.strip(), number))
                .toList();
    }

    /// All tables below the heading, up to the next one that does not stand below it itself.
    ///
    /// @param heading or its first words; null for the whole page
    List<List<List<PublishedCell>>> tables(@Nullable String heading) {
        List<List<List<PublishedCell>>> tables = new ArrayList<>();
        int level = 0;
        for (Part part : parts)
            switch (part) {
                case Part.Table(var rows) -> {
                    if (heading == null || level > 0) tables.add(rows);
                }
                case Part.Heading(int own, String title) -> {
                    if (heading != null && (level == 0 || own <= level)) level = begins(title, heading) ? own : 0;
                }
            }
        return tables;
    }

    boolean hasHeading(String words) {
        return parts.stream()
                .anyMatch(part -> part instanceof Part.Heading(int _, String title) && begins(title, words));
    }

    /// For a message.
    String headings() {
        List<String> titles = parts.stream()
                .filter(Part.Heading.class::isInstance)
                .map(part -> "\"%s\"".formatted(((Part.Heading) part).title()))
                .toList();
        String first = titles.stream().limit(MOST_HEADINGS).collect(Collectors.joining(", "));
        return titles.isEmpty() ? "none" : titles.size() > MOST_HEADINGS ? first + ", …" : first;
    }

    /// With whole words: `Table 1` is not the beginning of `Table 10`.
    private static boolean begins(String title, String words) {
        String plain = plain(title);
        String wanted = plain(words);
        if (!plain.startsWith(wanted)) return false;
        return wanted.isEmpty()
                || plain.length() == wanted.length()
                || !Character.isLetterOrDigit(plain.codePointAt(wanted.length()))
                || !Character.isLetterOrDigit(wanted.codePointBefore(wanted.length()));
    }

    private static String plain(String heading) {
        return EMPHASIS.matcher(heading).replaceAll("").strip().toLowerCase(Locale.ROOT);
    }
}
