package dev.isogloss.report.benchmark;

import dev.isogloss.api.InvalidInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers of a paper in a page of Markdown tables: a line for each system, by its name in the first column, and a
/// column for each language; or the other way round. Names are those of [PublishedNames], numbers those of
/// [PublishedNumber].
public final class PublishedTables {
    private static final Pattern RULE = Pattern.compile("[-: ]+");

    private final PublishedNames names;
    private final List<String> wanted;

    /// @param wanted columns
    private PublishedTables(PublishedNames names, List<String> wanted) {
        this.names = names;
        this.wanted = wanted;
    }

    /// By system and language, in per cent; no system without a number.
    ///
    /// @param heading of the page, or its first words; null for the first table with one of the systems
    /// @param columns languages, and `average`, whose numbers are wanted, in letters of either case; others are not
    ///                looked at
    /// @throws InvalidInput if there is no such heading, no table with one of the systems, a number that is
    ///                      none, or two for one cell
    public static Map<String, Map<String, Double>> read(
            String file, String text, @Nullable String heading, List<String> systems, List<String> columns) {
        PublishedTables tables = new PublishedTables(new PublishedNames(file, systems), columns);
        PublishedPage page = PublishedPage.of(text);
        for (List<List<PublishedCell>> table : page.tables(heading)) {
            Map<String, Map<String, Double>> found = tables.lines(table);
            if (found.isEmpty()) found = tables.lines(transposed(table));
            if (!found.isEmpty()) return found;
        }
        throw new InvalidInput(
                ("%s has no table%s with a line for one of %s and numbers in its columns. Give a line the name of a"
                                + " system, and columns those of languages%s.")
                        .formatted(
                                file,
                                heading == null ? "" : " below a heading \"%s\"".formatted(heading),
                                String.join(", ", systems),
                                heading == null || page.hasHeading(heading)
                                        ? ""
                                        : "; the page has the headings " + page.headings()));
    }

    /// A line with the very name of a system counts, whatever others are like it.
    private Map<String, Map<String, Double>> lines(List<List<PublishedCell>> rows) {
        Map<String, Map<String, Double>> found = new LinkedHashMap<>();
        Set<String> exact = new HashSet<>();
        Set<String> similar = new HashSet<>();
        List<PublishedCell> columns = rows.getFirst();
        List<List<PublishedCell>> alike = new ArrayList<>();
        for (List<PublishedCell> row : rows.subList(1, rows.size())) {
            PublishedCell first = row.getFirst();
            if (RULE.matcher(first.text()).matches()) continue;
            String system = names.exact(first);
            if (system == null) alike.add(row);
            else if (add(system, row, columns, found) && !exact.add(system)) throw names.twice("line", system, first);
        }
        for (List<PublishedCell> row : alike) {
            String system = names.alike(row.getFirst());
            if (system == null || exact.contains(system)) continue;
            if (add(system, row, columns, found) && !similar.add(system))
                throw names.twice("line", system, row.getFirst());
        }
        return found;
    }

    /// @return whether there is a number in it
    private boolean add(
            String system,
            List<PublishedCell> row,
            List<PublishedCell> columns,
            Map<String, Map<String, Double>> found) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 1; i < Math.min(row.size(), columns.size()); i++) {
            String language = wanted(PublishedNames.name(columns.get(i).text()));
            if (language == null) continue;
            Double number = PublishedNumber.percent(names.file(), system, language, row.get(i));
            if (number != null && numbers.put(language, number) != null)
                throw names.twice("column", language, columns.get(i));
        }
        if (!numbers.isEmpty()) found.putIfAbsent(system, numbers);
        return !numbers.isEmpty();
    }

    /// Papers print codes in capitals as well.
    private @Nullable String wanted(String name) {
        return wanted.stream().filter(name::equalsIgnoreCase).findFirst().orElse(null);
    }

    /// Columns in the place of rows; cells that a short row lacks are empty.
    private static List<List<PublishedCell>> transposed(List<List<PublishedCell>> rows) {
        List<List<PublishedCell>> columns = new ArrayList<>();
        for (int column = 0; column < rows.getFirst().size(); column++) {
            List<PublishedCell> cells = new ArrayList<>();
            for (List<PublishedCell> row : rows)
                cells.add(
                        column < row.size()
                                ? row.get(column)
                                : new PublishedCell("", row.getFirst().line()));
            columns.add(cells);
        }
        return columns;
    }
}
