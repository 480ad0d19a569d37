package dev.isogloss.report.benchmark;

import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers of a paper in a page of Markdown tables: a line for each system, by its name in the first column, and a
/// column for each language; or the other way round. Names are those of [PublishedNames], numbers those of
/// [PublishedNumber].
public final class PublishedTables {
    private static final Pattern RULE = Pattern.compile("[-: ]+");
    private static final Pattern HEADING = Pattern.compile("(#+)\\s*(.*)");

    private final String file;
    private final PublishedNames names;
    private final Predicate<String> isColumn;

    private PublishedTables(String file, PublishedNames names, Predicate<String> isColumn) {
        this.file = file;
        this.names = names;
        this.isColumn = isColumn;
    }

    /// By system and language, in per cent; no system without a number.
    ///
    /// @param heading  of the page, or its first words; null for the first table with one of the systems
    /// @param isColumn whether numbers of a language, or `average`, are wanted; others are not looked at
    /// @throws InvalidInput if there is no such heading, no table with one of the systems, or a number that is none
    public static Map<String, Map<String, Double>> read(
            String file, String text, @Nullable String heading, List<String> systems, Predicate<String> isColumn) {
        PublishedTables page = new PublishedTables(file, new PublishedNames(file, systems), isColumn);
        for (List<List<String>> table : tables(text, heading)) {
            Map<String, Map<String, Double>> found = page.lines(table);
            if (found.isEmpty()) found = page.lines(transposed(table));
            if (!found.isEmpty()) return found;
        }
        throw new InvalidInput(
                ("%s has no table%s with a line for one of %s and numbers in its columns. Give a line the name of a"
                                + " system, and columns those of languages.")
                        .formatted(
                                file,
                                heading == null ? "" : " below a heading \"%s\"".formatted(heading),
                                String.join(", ", systems)));
    }

    /// The rows of all tables below the heading, up to the next one that does not stand below it itself.
    private static List<List<List<String>>> tables(String text, @Nullable String heading) {
        List<List<List<String>>> tables = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        int level = 0;
        for (String line : (text + "\n\n").lines().toList()) {
            Matcher title = HEADING.matcher(line);
            if (line.startsWith("|")) {
                if (heading == null || level > 0) rows.add(cells(line));
                continue;
            }
            if (!rows.isEmpty()) tables.add(rows);
            rows = new ArrayList<>();
            if (heading != null
                    && title.matches()
                    && (level == 0 || title.group(1).length() <= level))
                level = begins(title.group(2), heading) ? title.group(1).length() : 0;
        }
        return tables;
    }

    /// With whole words: `Table 1` is not the beginning of `Table 10`.
    private static boolean begins(String title, String words) {
        if (!title.startsWith(words)) return false;
        return title.length() == words.length()
                || !Character.isLetterOrDigit(title.codePointAt(words.length()))
                || !Character.isLetterOrDigit(words.codePointBefore(words.length()));
    }

    /// Of several lines for one system that with its very name counts, else the first.
    private Map<String, Map<String, Double>> lines(List<List<String>> rows) {
        Map<String, Map<String, Double>> found = new LinkedHashMap<>();
        List<String> columns = rows.getFirst();
        List<List<String>> alike = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (RULE.matcher(row.getFirst()).matches()) continue;
            String system = names.exact(row.getFirst());
            if (system == null) alike.add(row);
            else add(system, row, columns, found);
        }
        for (List<String> row : alike) {
            String system = names.alike(row.getFirst());
            if (system != null) add(system, row, columns, found);
        }
        return found;
    }

    private void add(String system, List<String> row, List<String> columns, Map<String, Map<String, Double>> found) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 1; i < Math.min(row.size(), columns.size()); i++) {
            String language = PublishedNames.name(columns.get(i));
            if (!isColumn.test(language)) continue;
            Double number = PublishedNumber.percent(file, system, language, row.get(i));
            if (number != null) numbers.put(language, number);
        }
        if (!numbers.isEmpty()) found.putIfAbsent(system, numbers);
    }

    /// Columns in the place of rows; cells that a short row lacks are empty.
    private static List<List<String>> transposed(List<List<String>> rows) {
        List<List<String>> columns = new ArrayList<>();
        for (int column = 0; column < rows.getFirst().size(); column++) {
            List<String> cells = new ArrayList<>();
            for (List<String> row : rows) cells.add(column < row.size() ? row.get(column) : "");
            columns.add(cells);
        }
        return columns;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.strip()
                        .replaceFirst("^\\|", "")
                        .replaceFirst("\\|$", "")
                        .split("\\|", -1))
                .map(String::strip)
                .toList();
    }
}
