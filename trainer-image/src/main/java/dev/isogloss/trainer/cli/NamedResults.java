package dev.isogloss.trainer.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.isogloss.report.Format;
import dev.isogloss.trainer.store.StoreJson;
import java.io.UncheckedIOException;
import java.util.List;

/// The results of an experiment as they are printed.
///
/// @param name of the experiment
record NamedResults(String name, String text) {

    /// Several, for a program: each has its name, in a first column, whose head is printed again only where the other
    /// columns change, or in a list of objects.
    ///
    /// @param format csv or json
    static String together(List<NamedResults> all, Format format) {
        return format == Format.Csv ? csv(all) : json(all);
    }

    private static String csv(List<NamedResults> all) {
        StringBuilder out = new StringBuilder();
        String head = "";
        for (NamedResults one : all) {
            List<String> lines = one.text().lines().toList();
            if (!lines.getFirst().equals(head))
                out.append("name,").append(lines.getFirst()).append('\n');
            head = lines.getFirst();
            lines.stream()
                    .skip(1)
                    .forEach(line ->
                            out.append(one.name()).append(',').append(line).append('\n'));
        }
        return out.toString();
    }

    private static String json(List<NamedResults> all) {
        ArrayNode list = StoreJson.MAPPER.createArrayNode();
        try {
            for (NamedResults one : all)
                list.addObject().put("name", one.name()).set("results", StoreJson.MAPPER.readTree(one.text()));
            return StoreJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(list) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
