package dev.isogloss.trainer.fetch;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A pattern of the names of a location's objects: its path with placeholders (`{language}`, `{split}`) and
/// wildcards (`*`, `?`).
///
/// @param path below the bucket
record ObjectNamePattern(String path) {
    private static final String OPENING = "{*?[";
    private static final String PIECE = "[^/]*";

    /// The part that all names share, up to the last slash before anything variable.
    String prefix() {
        int open = 0;
        while (open < path.length() && OPENING.indexOf(path.charAt(open)) < 0) open++;
        return path.substring(0, path.lastIndexOf('/', open) + 1);
    }

    /// Fits names that may be meant, compressed or not. It may fit more than a reader will open.
    Predicate<String> matcher() {
        StringBuilder regex = new StringBuilder();
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            int close = c == '{' ? path.indexOf('}', at) : -1;
            if (close > 0) {
                regex.append(PIECE);
                at = close;
            } else if (path.startsWith("**", at)) {
                regex.append(".*");
                at++;
            } else if (c == '*' || c == '?') regex.append(PIECE);
            else if (c == '[' || c == ']') regex.append(".*");
            else regex.append(Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex + "(\\.gz)?").asMatchPredicate();
    }
}
