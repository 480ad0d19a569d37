package dev.isogloss.trainer.progress;

/// Colours and characters that a terminal can show.
///
/// @param colour  whether escape sequences for colours are welcome
/// @param unicode whether characters beyond ASCII arrive as such
public record TerminalStyle(boolean colour, boolean unicode) {

    public static final TerminalStyle PLAIN = new TerminalStyle(false, false);

    public String bold(String text) {
        return paint(text, "1");
    }

    public String faint(String text) {
        return paint(text, "2");
    }

    public String red(String text) {
        return paint(text, "31");
    }

    public String green(String text) {
        return paint(text, "32");
    }

    private String paint(String text, String code) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    String separator() {
        return unicode ? " · " : ", ";
    }

    String filled() {
        return unicode ? "━" : "#";
    }

    String empty() {
        return unicode ? "─" : "-";
    }

    String ellipsis() {
        return unicode ? "…" : "..";
    }
}
