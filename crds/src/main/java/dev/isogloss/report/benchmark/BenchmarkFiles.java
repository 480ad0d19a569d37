package dev.isogloss.report.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.report.Csv;
import dev.isogloss.report.benchmark.BenchmarkTable.Cell;
import dev.isogloss.report.benchmark.BenchmarkTable.Line;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A benchmark's table for programs: one row a system and column, fractions in full.
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
                if (cell != null) out.append(row(table, line, column, cell));
            }
        return out.toString();
    }

    private static String row(BenchmarkTable table, Line line, String column, Cell cell) {
        @Nullable Difference difference = cell.difference();
        return Csv.line(
                line.system(),
                line.chosen(),
                column,
                table.outline().split(),
                table.outline().metric(),
                cell.score().mean(),
                cell.score().std(),
                cell.score().ci95(),
                cell.score().n(),
                difference == null ? null : difference.value(),
                difference == null ? null : difference.low(),
                difference == null ? null : difference.high(),
                difference == null ? null : difference.p(),
                difference == null ? null : difference.adjusted(),
                difference == null ? null : difference.marks(),
                line.published().get(column));
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
            for (String column : table.columns())
                if (line.cells().get(column) instanceof Cell cell) {
                    ObjectNode score = scores.addObject().put("language", column);
                    score.setAll((ObjectNode) MAPPER.valueToTree(cell.score()));
                    score.put("best", cell.best());
                    if (cell.difference() != null) score.set("difference", MAPPER.valueToTree(cell.difference()));
                    if (line.published().containsKey(column))
                        score.put(
                                "published",
                                Objects.requireNonNull(line.published().get(column)));
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
