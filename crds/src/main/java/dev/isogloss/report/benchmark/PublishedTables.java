package dev.isogloss.report.benchmark;

import dev.isogloss.api.InvalidInput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers of a paper in a page of Markdown tables: a line for each system, by its name in the first column, and a
/// column for each language; or the other way round. Names are compared by their letters, digits and `+`: `IWDA + KD`
/// is the system `iwda+kd`. Of a cell that is bold in part, that part is the name: `**XLM-R** (our imp.)` is `xlm-r`.
///
/// Numbers are in per cent; one that begins with its point is a fraction, as some papers print it: `.712` is 71.2.
public final class PublishedTables {
    private static final Pattern NUMBER = Pattern.compile("-?(\\d+(\\.\\d+)?|\\.\\d+)");
    private static final Pattern RULE = Pattern.compile("[-: ]+");
    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");

    private PublishedTables() {}

    /// By system and language, in per cent.
    ///
    /// @param heading the beginning of the heading above the table; null for the first table with one of the
    /// systems
    /// @throws InvalidInput if there is no such heading, or no table with a line for one of them
    public static Map<String, Map<String, Double>> read(
            String file, String text, @Nullable String heading, List<String> systems) {
        Map<String, String> byLetters = new HashMap<>();
        for (String system : systems) byLetters.put(letters(system), system);
        boolean below = heading == null;
        List<List<String>> rows = new ArrayList<>();
        for (String line : (text + "\n").lines().toList()) {
            if (line.startsWith("|")) {
                if (below) rows.add(cells(line));
                continue;
            }
            Map<String, Map<String, Double>> found = table(rows, byLetters);
            if (!found.isEmpty()) return found;
            rows.clear();
            if (heading != null && line.startsWith("#"))
                below = line.replaceFirst("^#+\\s*", "").startsWith(heading);
        }
        Map<String, Map<String, Double>> last = table(rows, byLetters);
        if (!last.isEmpty()) return last;
        throw new InvalidInput("%s has no table%s with a line for one of %s. Give a line the name of a system."
                .formatted(
                        file,
                        heading == null ? "" : " below a heading \"%s\"".formatted(heading),
                        String.join(", ", systems)));
    }

    private static Map<String, Map<String, Double>> table(List<List<String>> rows, Map<String, String> byLetters) {
        Map<String, Map<String, Double>> lines = lines(rows, byLetters);
        return lines.isEmpty() ? lines(transposed(rows), byLetters) : lines;
    }

    private static Map<String, Map<String, Double>> lines(List<List<String>> rows, Map<String, String> byLetters) {
        Map<String, Map<String, Double>> found = new LinkedHashMap<>();
        if (rows.isEmpty()) return found;
        List<String> columns = rows.getFirst();
        for (List<String> row : rows.subList(1, rows.size())) {
            String system = byLetters.get(letters(name(row.getFirst())));
            if (system == null || RULE.matcher(row.getFirst()).matches()) continue;
            Map<String, Double> numbers = new LinkedHashMap<>();
            for (int i = 1; i < Math.min(row.size(), columns.size()); i++) {
                Matcher number = NUMBER.matcher(row.get(i));
                if (number.find()) numbers.put(name(columns.get(i)), percent(number.group()));
            }
            found.putIfAbsent(system, numbers);
        }
        return found;
    }

    /// Columns in the place of rows; cells that a short row lacks are empty.
    private static List<List<String>> transposed(List<List<String>> rows) {
        List<List<String>> columns = new ArrayList<>();
        if (rows.isEmpty()) return columns;
        for (int column = 0; column < rows.getFirst().size(); column++) {
            List<String> cells = new ArrayList<>();
            for (List<String> row : rows) cells.add(column < row.size() ? row.get(column) : "");
            columns.add(cells);
        }
        return columns;
    }

    private static double percent(String number) {
        BigDecimal value = new BigDecimal(number);
        return (number.matches("-?\\..*") ? value.movePointRight(2) : value).doubleValue();
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.strip()
                        .replaceFirst("^\\|", "")
                        .replaceFirst("\\|$", "")
                        .split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static String name(String cell) {
        Matcher bold = BOLD.matcher(cell);
        return bold.find() ? bold.group(1) : cell;
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}+]", "");
    }
}
