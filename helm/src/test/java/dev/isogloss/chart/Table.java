package dev.isogloss.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What `kubectl get` prints: cells by column, as people see them.
final class Table {
    private static final Pattern HEADING = Pattern.compile("\\S+( \\S+)*");

    private Table() {}

    static List<Map<String, String>> rows(String printed) {
        List<String> lines = printed.lines().toList();
        if (lines.isEmpty()) return List.of();
        List<MatchResult> headings = HEADING.matcher(lines.getFirst()).results().toList();
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) rows.add(row(line, headings));
        return rows;
    }

    private static Map<String, String> row(String line, List<MatchResult> headings) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < headings.size(); i++) {
            int end = i + 1 < headings.size() ? headings.get(i + 1).start() : line.length();
            int begin = Math.min(headings.get(i).start(), line.length());
            row.put(
                    headings.get(i).group(),
                    line.substring(begin, Math.clamp(end, begin, line.length())).strip());
        }
        return row;
    }
}
