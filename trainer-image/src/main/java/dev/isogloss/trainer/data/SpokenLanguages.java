package dev.isogloss.trainer.data;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import org.jspecify.annotations.Nullable;

/// The languages that the rows of a file say they are in, by a field `language` that nobody asked for.
///
/// A field of that name may mean anything, as long as all rows agree. If some rows are of the language asked for and
/// others are not, the file is one of several languages, read as if it were of one.
final class SpokenLanguages {
    private static final String FIELD = "language";

    private final String wanted;
    private boolean found;
    private @Nullable String other;
    private long otherLine;

    /// @param wanted the language asked for
    SpokenLanguages(String wanted) {
        this.wanted = wanted;
    }

    /// @throws InvalidInput for the first row that shows that the file is one of several languages
    void check(JsonRow row) {
        var value = row.object().get(FIELD);
        if (value == null || !value.isTextual()) return;
        if (value.textValue().equals(wanted)) found = true;
        else if (other == null) {
            other = value.textValue();
            otherLine = row.lines().number();
        }
        if (found && other != null)
            throw new InvalidInput(
                    ("%s, line %d is of language \"%s\" by its field \"%s\", and other lines are of \"%s\", which is"
                                    + " asked for. Split the file by language (jq -c 'select(.%s == \"%s\")' FILE > NEW).")
                            .formatted(row.lines().path(), otherLine, Excerpt.of(other), FIELD, wanted, FIELD, wanted));
    }
}
