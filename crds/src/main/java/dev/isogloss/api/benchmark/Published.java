package dev.isogloss.api.benchmark;

import dev.isogloss.api.schema.Form;
import dev.isogloss.api.schema.Keys;
import dev.isogloss.api.schema.Length;
import dev.isogloss.api.schema.Matches;
import dev.isogloss.api.schema.Meaning;
import dev.isogloss.api.schema.Range;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Numbers that a paper prints, for tables that show them beside ours; exactly one member.
@ValidationRule(
        value = "[has(self.file), has(self.scores)].filter(given, given).size() == 1",
        message = "published is exactly one of file and scores")
@ValidationRule(
        value = "!has(self.heading) || has(self.file)",
        message = "there is no page that the heading could stand on; name it as file, or leave heading out",
        fieldPath = ".heading")
public record Published(
        @Matches(Form.RelativePath)
        @Meaning("A page with Markdown tables, seen from the manifest: a line for each system, by its name in the first"
                + " column, and a column for each language, or the other way round. A cluster has no such file, and"
                + " passes over it.")
        @Nullable
        String file,

        @Length(max = 128)
        @Meaning("The heading in that file, or its first words, below which the table stands. Without it: the first"
                + " table with a line for one of the systems.")
        @Nullable
        String heading,

        @Keys(max = 64, length = SystemHead.LONGEST_NAME, inside = 130)
        @Meaning("The numbers by system and language, in per cent as papers print them; average for the mean over"
                + " targets.")
        @Nullable
        Map<String, Map<String, @Range(min = 0, max = 100) Double>> scores) {}
