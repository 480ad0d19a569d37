package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.metric.Iob;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The forms that a sentence's tags may have.
final class Tags {
    private static final Pattern ENTITY = Pattern.compile("O|[BI]-.+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private Tags() {}

    /// True of what stands where a tag is missing.
    static boolean isMissing(String tag) {
        return tag.equals("_") || LabelSpelling.trimmed(tag).isEmpty();
    }

    static boolean isEntityTag(String tag) {
        return ENTITY.matcher(tag).matches();
    }

    /// Entity tags as IOB2 whatever they came as; parts of speech as they are. No white space stands around them.
    ///
    /// @throws InvalidInput for a tag that is missing, or is none of the task's
    static List<String> checked(List<String> written, TaskType task, String place, ExampleSink rows, long line) {
        List<String> tags = new ArrayList<>(written.size());
        for (String tag : written) {
            if (isMissing(tag))
                throw new InvalidInput("%s: word %d has no tag (\"%s\"). Write one, or leave out the tags of all words."
                        .formatted(place, tags.size() + 1, Excerpt.of(tag)));
            tags.add(rows.trimmed(tag, line));
        }
        if (!task.labelsSpans()) return tags;
        for (String tag : tags)
            if (!isEntityTag(tag))
                throw new InvalidInput(
                        "%s: \"%s\" is no entity tag. %s".formatted(place, Excerpt.of(tag), advice(tag)));
        return Iob.toIob2(tags);
    }

    private static String advice(String tag) {
        if (NUMBER.matcher(tag).matches())
            return "It is a number, and the names of the tags are needed: O, B-TYPE and I-TYPE. Data sets that count "
                    + "their tags list the names among their features.";
        return "Tags are O, B-TYPE and I-TYPE (IOB1 or IOB2); from other schemes convert E- to I- and S- to B- (BIOES), "
                + "L- to I- and U- to B- (BILOU).";
    }
}
