package dev.isogloss.trainer.figure;

import static dev.isogloss.trainer.figure.Svg.n;

import dev.isogloss.report.DisplayWidth;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/// The frame of a figure: title, axes with their ticks and names, and the legend in rows below. Nothing is measured and
/// no font is needed: labels are anchored at their ends.
final class Plot {
    static final int WIDTH = 640;
    static final int HEIGHT = 300;

    /// Between the plot and the right edge.
    static final int RIGHT = 24;

    /// Left of the plot at least: the name of the axis, and ticks of four figures.
    private static final int LEFT = 66;

    /// Of that, what is not for ticks.
    private static final int BESIDE_TICKS = 32;

    private static final int TOP = 34;
    private static final int TITLE_LINE = 17;
    private static final int TITLE_WIDTH = 76;
    private static final int BELOW = 46;
    private static final int ROW = 18;
    private static final double LETTER = 6.6;
    private static final double DIGIT = 7.5;

    private final Figure figure;
    private final Axis x;
    private final Axis y;
    private final List<String> names;
    private final int right;
    private final List<String> title;
    private final int left;
    private final int top;
    private final Svg svg;

    /// @param names of the legend
    /// @param right room beside the plot
    Plot(Figure figure, Axis x, Axis y, List<String> names, int right) {
        this.figure = figure;
        this.x = x;
        this.y = y;
        this.names = names;
        this.right = right;
        this.title = TextLines.of(figure.title(), TITLE_WIDTH);
        this.left = Math.max(LEFT, BESIDE_TICKS + (int) Math.ceil(DIGIT * longestTick(y)));
        this.top = TOP + TITLE_LINE * (title.size() - 1);
        this.svg = new Svg(WIDTH, top + HEIGHT + BELOW + ROW * legendRows(), figure.title());
    }

    private static int longestTick(Axis axis) {
        return axis.ticks().stream()
                .mapToInt(tick -> DisplayWidth.of(axis.text(tick)))
                .max()
                .orElse(0);
    }

    Svg svg() {
        return svg;
    }

    int top() {
        return top;
    }

    void frame() {
        for (int line = 0; line < title.size(); line++)
            svg.text(left, 20 + TITLE_LINE * line, "start", "font-weight=\"600\" font-size=\"13\"", title.get(line));
        for (double tick : x.ticks()) {
            svg.line(px(tick), top, px(tick), top + HEIGHT, "stroke=\"currentColor\" stroke-opacity=\"0.14\"");
            svg.text(px(tick), top + HEIGHT + 17, "middle", x.text(tick));
        }
        for (double tick : y.ticks()) {
            svg.line(
                    left,
                    py(tick),
                    WIDTH - right,
                    py(tick),
                    "stroke=\"currentColor\" stroke-opacity=\"%s\""
                            .formatted(tick == 0 && !figure.yLabel().isEmpty() ? "0.5" : "0.14"));
            svg.text(left - 8, py(tick) + 4, "end", y.text(tick));
        }
        svg.path(
                "M%d %dV%dH%d".formatted(left, top, top + HEIGHT, WIDTH - right),
                "fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.6\"");
        svg.text(left + (WIDTH - right - left) / 2.0, top + HEIGHT + 37, "middle", figure.xLabel());
        double middle = top + HEIGHT / 2.0;
        svg.text(16, middle, "middle", "transform=\"rotate(-90 16 %s)\"".formatted(n(middle)), figure.yLabel());
    }

    /// What stands beside a name in the legend.
    enum Key {
        Line,
        Mark
    }

    void legend(Key key) {
        if (names.size() < 2 && names.stream().allMatch(String::isBlank)) return;
        int perRow = perRow();
        double column = (WIDTH - left - RIGHT) / (double) perRow;
        for (int i = 0; i < names.size(); i++) {
            double start = left + column * (i % perRow);
            double middle = top + HEIGHT + BELOW + ROW * (i / perRow) + 4;
            switch (key) {
                case Line -> svg.line(start, middle, start + 24, middle, Palette.stroke(i));
                case Mark ->
                    svg.path(
                            Marker.of(i).at(start + 12, middle, 4), Marker.of(i).style(Palette.group(i), 4));
            }
            svg.text(start + 30, middle + 4, "start", names.get(i));
        }
    }

    private int perRow() {
        double longest = names.stream().mapToInt(DisplayWidth::of).max().orElse(0) * LETTER + 46;
        return Math.clamp((int) ((WIDTH - left - RIGHT) / longest), 1, 5);
    }

    private int legendRows() {
        return Math.ceilDiv(names.size(), perRow());
    }

    double px(double value) {
        return left + (WIDTH - right - left) * x.share(value);
    }

    double py(double value) {
        return top + HEIGHT * (1 - y.share(value));
    }

    String at(double atX, double atY) {
        return n(px(atX)) + " " + n(py(atY));
    }

    /// At most four decimals, of small numbers as many as have four digits.
    static String shown(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal shown = Math.abs(value) < 0.1
                ? exact.round(new MathContext(4, RoundingMode.HALF_UP))
                : exact.setScale(4, RoundingMode.HALF_UP);
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }
}
