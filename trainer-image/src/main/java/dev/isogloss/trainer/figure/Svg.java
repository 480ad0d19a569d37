package dev.isogloss.trainer.figure;

import java.util.Locale;

/// The text of a vector picture, element by element. Coordinates are in pixels from the upper left, rounded to tenths,
/// so that a figure has the same bytes on every machine.
final class Svg {
    private final StringBuilder out = new StringBuilder();

    /// Text is set by the reader's own font; it takes the colour of what is around it, dark or light.
    Svg(int width, int height, String title) {
        out.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                                + " font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"currentColor\">\n")
                        .formatted(width, height, width, height));
        out.append("<title>").append(MarkupText.of(title)).append("</title>\n");
    }

    String end() {
        return out.append("</svg>\n").toString();
    }

    /// @param style further attributes
    void line(double x1, double y1, double x2, double y2, String style) {
        out.append("<path d=\"M%s %sL%s %s\" %s/>\n".formatted(n(x1), n(y1), n(x2), n(y2), style));
    }

    void path(String data, String style) {
        out.append("<path d=\"%s\" %s/>\n".formatted(data, style));
    }

    void rectangle(double x, double y, double width, double height, String style, String hover) {
        out.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s>"
                .formatted(n(x), n(y), n(width), n(height), style));
        out.append("<title>").append(MarkupText.of(hover)).append("</title></rect>\n");
    }

    void rectangle(double x, double y, double width, double height, String style) {
        out.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s/>\n"
                .formatted(n(x), n(y), n(width), n(height), style));
    }

    void circle(double x, double y, double radius, String style) {
        out.append("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" %s/>\n".formatted(n(x), n(y), n(radius), style));
    }

    void circle(double x, double y, double radius, String style, String hover) {
        out.append("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" %s>".formatted(n(x), n(y), n(radius), style));
        out.append("<title>").append(MarkupText.of(hover)).append("</title></circle>\n");
    }

    /// @param anchor start, middle or end
    void text(double x, double y, String anchor, String text) {
        text(x, y, anchor, "", text);
    }

    void text(double x, double y, String anchor, String style, String text) {
        out.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>\n"
                .formatted(n(x), n(y), anchor, style.isEmpty() ? "" : " " + style, MarkupText.of(text)));
    }

    void open(String style) {
        out.append("<g ").append(style).append(">\n");
    }

    void close() {
        out.append("</g>\n");
    }

    static String n(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        text = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        return text.equals("-0") ? "0" : text;
    }
}
