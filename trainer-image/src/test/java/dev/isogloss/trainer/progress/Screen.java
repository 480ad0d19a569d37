package dev.isogloss.trainer.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A terminal that understands the few escape sequences the display uses.
final class Screen {
    private static final Pattern PIECE = Pattern.compile("\u001b\\[(\\??\\d*)([A-Za-z])|\r|\n|[^\u001b\r\n]+");

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    private Screen() {}

    /// The lines that stand on the screen once everything was printed, without empty ones at the end.
    static List<String> after(String printed) {
        Screen screen = new Screen();
        Matcher piece = PIECE.matcher(printed);
        while (piece.find()) screen.feed(piece);
        List<String> left = new ArrayList<>(screen.lines.stream()
                .map(line -> line.toString().stripTrailing())
                .toList());
        while (!left.isEmpty() && left.getLast().isEmpty()) left.removeLast();
        return left;
    }

    private void feed(Matcher piece) {
        String text = piece.group();
        if (text.equals("\r")) column = 0;
        else if (text.equals("\n")) down();
        else if (text.startsWith("\u001b")) escape(piece.group(1), piece.group(2));
        else put(text);
    }

    private void down() {
        row++;
        column = 0;
        if (row == lines.size()) lines.add(new StringBuilder());
    }

    private void escape(String argument, String command) {
        switch (command) {
            case "A" -> row = Math.max(0, row - Integer.parseInt(argument));
            case "K" -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
            case "J" -> {
                lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                lines.subList(row + 1, lines.size()).clear();
            }
            default -> {} // colours, the cursor's visibility
        }
    }

    private void put(String text) {
        StringBuilder line = lines.get(row);
        while (line.length() < column) line.append(' ');
        line.replace(column, Math.min(line.length(), column + text.length()), text);
        column += text.length();
    }
}
