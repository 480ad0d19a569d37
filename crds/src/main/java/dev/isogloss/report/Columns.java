package dev.isogloss.report;

import java.util.List;

/// Lines of cells as aligned columns, the first line as a header with a rule below.
public final class Columns {
    private Columns() {}

    /// @param texts how many columns from the left stand at their left edge; the others are numbers
    public static String aligned(List<List<String>> lines, int texts) {
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines)
            for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], DisplayWidth.of(line.get(i)));
        StringBuilder out = new StringBuilder();
        for (int row = 0; row < lines.size(); row++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = lines.get(row).get(i);
                String space = " ".repeat(widths[i] - DisplayWidth.of(cell));
                line.append(i < texts ? cell + space : space + cell).append("  ");
            }
            out.append(line.toString().stripTrailing()).append('\n');
            if (row == 0) out.append(rule(widths)).append('\n');
        }
        return out.toString();
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder();
        for (int width : widths) rule.append("─".repeat(width)).append("  ");
        return rule.toString().stripTrailing();
    }
}
