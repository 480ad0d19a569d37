package dev.isogloss.trainer.hub;

import dev.isogloss.api.InvalidInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A model on the hub, written `hf://org/name@revision`.
///
/// @param repository "org/name", or a bare "name" for the oldest ones
/// @param revision a branch, a tag or a commit; "main" if none is written
public record HubReference(String repository, String revision) {

    private static final String SCHEME = "hf://";
    private static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]*";
    private static final Pattern FORM =
            Pattern.compile("hf://(" + PART + "(?:/" + PART + ")?)(?:@([A-Za-z0-9][A-Za-z0-9._/-]*))?");

    public static boolean isOne(String text) {
        return text.startsWith(SCHEME);
    }

    /// @throws InvalidInput if the text has another form
    public static HubReference parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || text.contains("..")) {
            throw new InvalidInput(("'%s' names no model on a hub. Write hf://organisation/name, and @revision after it"
                            + " for another branch, tag or commit than main: hf://FacebookAI/xlm-roberta-base@main.")
                    .formatted(text));
        }
        return new HubReference(matcher.group(1), matcher.group(2) == null ? "main" : matcher.group(2));
    }

    boolean isCommit() {
        return revision.matches("[0-9a-f]{40}");
    }

    /// The name of its folder in a cache shared with Python.
    String folderName() {
        return "models--" + repository.replace("/", "--");
    }

    @Override
    public String toString() {
        return SCHEME + repository + "@" + revision;
    }
}
