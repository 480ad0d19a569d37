package dev.isogloss.report.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.report.Csv;
import dev.isogloss.report.Statistics;
import dev.isogloss.report.benchmark.BenchmarkTable.Cell;
import dev.isogloss.report.benchmark.BenchmarkTable.Line;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A benchmark's table for programs: one row a system and column, fractions in full. Ours are empty where only others
/// have published a number so far.
final class BenchmarkFiles {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private BenchmarkFiles() {}

    static String csv(BenchmarkTable table) {
        StringBuilder out =
                new StringBuilder("system,chosen,language,split,metric,mean,std,ci95,n,difference,low,high,p,"
                        + "pAdjusted,stars,published\n");
        for (Line line : table.lines())
            for (String column : table.columns()) {
                Cell cell = line.cells().get(column);
                Double published = line.published().get(column);
                if (cell != null || published != null) out.append(row(table, line, column, cell));
            }
        return out.toString();
    }

    private static String row(BenchmarkTable table, Line line, String column, @Nullable Cell cell) {
        @Nullable Statistics score = cell == null ? null : cell.score();
        @Nullable Difference difference = cell == null ? null : cell.difference();
        return Csv.line(
                line.system(),
                line.chosen(),
                column,
                table.outline().split(),
                table.outline().metric(),
                score == null ? null : score.mean(),
                score == null ? null : score.std(),
                score == null ? null : score.ci95(),
                score == null ? null : score.n(),
                difference == null ? null : difference.value(),
                difference == null ? null : difference.low(),
                difference == null ? null : difference.high(),
                difference == null ? null : difference.p(),
                difference == null ? null : difference.adjusted(),
                difference == null ? null : difference.marks(),
                fraction(line.published().get(column)));
    }

    /// Published numbers are in per cent, all others in these files are not.
    private static @Nullable Double fraction(@Nullable Double percent) {
        return percent == null
                ? null
                : (Double) BigDecimal.valueOf(percent).movePointLeft(2).doubleValue();
    }

    static ObjectNode tree(BenchmarkTable table) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("metric", table.outline().metric().name());
        root.put("split", table.outline().split());
        root.put("baseline", table.outline().baseline());
        ArrayNode systems = root.putArray("systems");
        for (Line line : table.lines()) {
            ObjectNode system = systems.addObject().put("name", line.system());
            system.put("chosen", line.chosen());
            system.put("done", line.done()).put("steps", line.total());
            if (line.failure() != null) system.put("failure", line.failure());
            ArrayNode scores = system.putArray("scores");
            for (String column : table.columns()) {
                Cell cell = line.cells().get(column);
                Double published = line.published().get(column);
                if (cell == null && published == null) continue;
                ObjectNode score = scores.addObject().put("language", column);
                if (cell != null) {
                    score.setAll((ObjectNode) MAPPER.valueToTree(cell.score()));
                    score.put("best", cell.best());
                    if (cell.difference() != null) score.set("difference", MAPPER.valueToTree(cell.difference()));
                }
                if (published != null) score.put("published", fraction(published));
            }
        }
        return root;
    }

    static String json(BenchmarkTable table) {
        try {
            return MAPPER.writeValueAsString(tree(table)) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
