package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.metric.Iob;
import java.util.List;
import java.util.regex.Pattern;

/// The forms that a sentence's tags may have.
final class Tags {
    private static final Pattern ENTITY = Pattern.compile("O|[BI]-.+");

    private Tags() {}

    /// Entity tags as IOB2 whatever they came as; parts of speech as they are.
    static List<String> checked(List<String> tags, TaskType task, String place) {
        if (!task.labelsSpans()) return tags;
        for (String tag : tags)
            if (!ENTITY.matcher(tag).matches())
                throw new InvalidInput(("%s: \"%s\" is no entity tag. Tags are O, B-TYPE and I-TYPE (IOB1 or IOB2); "
                                + "from other schemes convert E- to I- and S- to B-.")
                        .formatted(place, Excerpt.of(tag)));
        return Iob.toIob2(tags);
    }
}
