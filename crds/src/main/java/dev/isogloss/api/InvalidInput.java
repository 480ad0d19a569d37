package dev.isogloss.api;

/// The user's manifest or data are wrong: the one exception that means exit code 2 and is never retried.
///
/// The message is a whole paragraph for a person: what is wrong and where (file, line, field, the value itself),
/// what would be right, and what to do next. It may quote anything: what a terminal would obey, and what is too
/// long to read, is taken out of it here ([Excerpt#message]).
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidInput(String message) {
        super(Excerpt.message(message));
    }

    public InvalidInput(String message, Throwable cause) {
        super(Excerpt.message(message), cause);
    }
}
