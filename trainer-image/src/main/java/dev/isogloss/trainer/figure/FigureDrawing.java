package dev.isogloss.trainer.figure;

import static dev.isogloss.trainer.figure.Svg.n;

import dev.isogloss.report.DisplayWidth;
import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.HeatMap;
import dev.isogloss.trainer.figure.Figure.Histogram;
import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Point;
import dev.isogloss.trainer.figure.Figure.Sample;
import dev.isogloss.trainer.figure.Figure.Scatter;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.DoubleStream;

/// A figure as a vector picture with real text. Nothing is measured and no font is needed: labels are anchored at their
/// ends, and the legend stands below in rows.
public final class FigureDrawing {
    private static final int WIDTH = 640;
    private static final int LEFT = 66;
    private static final int RIGHT = 24;
    private static final int TOP = 34;
    private static final int TITLE_LINE = 17;
    private static final int TITLE_WIDTH = 76;
    private static final int PLOT = 300;
    private static final int BELOW = 46;
    private static final int ROW = 18;
    private static final int BAR = 84;
    private static final double LETTER = 6.6;

    /// Marks of more points are small.
    private static final int MANY = 500;

    private final Figure figure;
    private final Axis x;
    private final Axis y;
    private final List<String> names;
    private final int right;
    private final List<String> title;
    private final int top;
    private final Svg svg;

    private FigureDrawing(Figure figure, Axis x, Axis y, List<String> names, int right) {
        this.figure = figure;
        this.x = x;
        this.y = y;
        this.names = names;
        this.right = right;
        this.title = TextLines.of(figure.title(), TITLE_WIDTH);
        this.top = TOP + TITLE_LINE * (title.size() - 1);
        this.svg = new Svg(WIDTH, top + PLOT + BELOW + ROW * legendRows(), figure.title());
    }

    public static String svg(Figure figure) {
        return switch (figure) {
            case Lines lines -> lines(lines);
            case Scatter scatter -> scatter(scatter);
            case Histogram histogram -> histogram(histogram);
            case HeatMap map -> heatMap(map);
        };
    }

    private static String lines(Lines figure) {
        FigureDrawing drawing = new FigureDrawing(
                figure,
                Axis.ofPlaces(points(figure).mapToDouble(Point::x)),
                Axis.around(points(figure).flatMapToDouble(FigureDrawing::heights)),
                figure.lines().stream().map(Line::name).toList(),
                RIGHT);
        drawing.frame();
        for (int i = 0; i < figure.lines().size(); i++)
            drawing.line(figure.lines().get(i).points(), i);
        drawing.legend(Key.Line);
        return drawing.svg.end();
    }

    private static java.util.stream.Stream<Point> points(Lines figure) {
        return figure.lines().stream().flatMap(line -> line.points().stream());
    }

    private static DoubleStream heights(Point point) {
        Double low = point.low();
        Double high = point.high();
        return low == null || high == null ? DoubleStream.of(point.y()) : DoubleStream.of(low, point.y(), high);
    }

    private void line(List<Point> points, int number) {
        String colour = Palette.group(number);
        band(points, colour);
        StringBuilder way = new StringBuilder();
        for (Point point : points) way.append(way.isEmpty() ? "M" : "L").append(at(point.x(), point.y()));
        if (points.size() > 1) svg.path(way.toString(), stroke(number));
        boolean few = points.size() <= 40;
        for (Point point : points)
            if (few)
                svg.circle(
                        px(point.x()),
                        py(point.y()),
                        2.4,
                        "fill=\"%s\"".formatted(colour),
                        "%s: %s, %s".formatted(names.get(number), shown(point.x()), shown(point.y())));
    }

    /// From low to high along the points whose spread is known: there on the upper edge, back on the lower one.
    private void band(List<Point> points, String colour) {
        StringBuilder there = new StringBuilder();
        StringBuilder back = new StringBuilder();
        int known = 0;
        for (Point point : points) {
            Double low = point.low();
            Double high = point.high();
            if (low == null || high == null) continue;
            there.append(known++ == 0 ? "M" : "L").append(at(point.x(), high));
            back.insert(0, "L" + at(point.x(), low));
        }
        if (known > 1)
            svg.path(there.append(back).append("Z").toString(), "fill=\"%s\" fill-opacity=\"0.18\"".formatted(colour));
    }

    private static String stroke(int number) {
        String dashes = Palette.dashes(number);
        return "fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" stroke-linejoin=\"round\"%s"
                .formatted(Palette.group(number), dashes.isEmpty() ? "" : " stroke-dasharray=\"%s\"".formatted(dashes));
    }

    private static String scatter(Scatter figure) {
        FigureDrawing drawing = new FigureDrawing(
                figure,
                Axis.around(figure.groups().stream()
                        .flatMapToDouble(group -> group.places().stream().mapToDouble(p -> p[0]))),
                Axis.around(figure.groups().stream()
                        .flatMapToDouble(group -> group.places().stream().mapToDouble(p -> p[1]))),
                figure.groups().stream().map(Group::name).toList(),
                RIGHT);
        drawing.frame();
        long points = figure.groups().stream()
                .mapToLong(group -> group.places().size())
                .sum();
        double size = points > MANY ? 1.8 : 3.2;
        for (int i = 0; i < figure.groups().size(); i++)
            drawing.marks(figure.groups().get(i).places(), Marker.of(i), size, i);
        drawing.legend(Key.Mark);
        return drawing.svg.end();
    }

    /// All marks of a group are one element: thousands of them would be most of a page.
    private void marks(List<double[]> places, Marker marker, double size, int number) {
        if (places.isEmpty()) return;
        StringBuilder way = new StringBuilder();
        for (double[] place : places) way.append(marker.at(px(place[0]), py(place[1]), size));
        svg.path(way.toString(), marker.style(Palette.group(number), size));
    }

    private static String histogram(Histogram figure) {
        List<SortedMap<Integer, Integer>> counts =
                figure.samples().stream().map(figure::counts).toList();
        int first = counts.stream()
                .filter(bins -> !bins.isEmpty())
                .mapToInt(SortedMap::firstKey)
                .min()
                .orElse(0);
        int last = counts.stream()
                .filter(bins -> !bins.isEmpty())
                .mapToInt(SortedMap::lastKey)
                .max()
                .orElse(0);
        FigureDrawing drawing = new FigureDrawing(
                figure,
                Axis.around(DoubleStream.of(figure.edge(first), figure.edge(last + 1))),
                Axis.ofPlaces(DoubleStream.concat(
                        DoubleStream.of(0), counts.stream().flatMapToDouble(bins -> bins.values().stream()
                                .mapToDouble(Integer::intValue)))),
                figure.samples().stream().map(Sample::name).toList(),
                RIGHT);
        drawing.frame();
        for (int i = 0; i < counts.size(); i++) drawing.steps(figure, counts.get(i), i);
        drawing.legend(Key.Line);
        return drawing.svg.end();
    }

    /// The outline of a sample's bars, from its first interval to its last, with a tint that shows what is behind it.
    private void steps(Histogram figure, SortedMap<Integer, Integer> counts, int number) {
        if (counts.isEmpty()) return;
        StringBuilder way = new StringBuilder("M" + at(figure.edge(counts.firstKey()), 0));
        for (int bin = counts.firstKey(); bin <= counts.lastKey(); bin++)
            way.append("V%sH%s".formatted(n(py(counts.getOrDefault(bin, 0))), n(px(figure.edge(bin + 1)))));
        way.append("V").append(n(py(0)));
        svg.path(way + "Z", "fill=\"%s\" fill-opacity=\"0.22\"".formatted(Palette.group(number)));
        svg.path(way.toString(), stroke(number));
    }

    private static String heatMap(HeatMap figure) {
        double halfX = half(figure.xs());
        double halfY = half(figure.ys());
        FigureDrawing drawing = new FigureDrawing(
                figure,
                Axis.exactly(figure.xs()[0] - halfX, figure.xs()[figure.xs().length - 1] + halfX),
                Axis.exactly(figure.ys()[0] - halfY, figure.ys()[figure.ys().length - 1] + halfY),
                List.of(),
                RIGHT + BAR);
        Axis scale = Axis.around(
                Arrays.stream(figure.values()).flatMapToDouble(Arrays::stream).filter(Double::isFinite));
        for (int row = 0; row < figure.ys().length; row++)
            for (int column = 0; column < figure.xs().length; column++)
                drawing.cell(figure, row, column, scale, halfX, halfY);
        drawing.frame();
        drawing.scale(scale, figure.label());
        return drawing.svg.end();
    }

    /// Half the least distance of two neighbours.
    private static double half(double[] places) {
        double least = places.length < 2 ? 1 : Double.POSITIVE_INFINITY;
        for (int i = 1; i < places.length; i++) least = Math.min(least, places[i] - places[i - 1]);
        return least / 2;
    }

    private void cell(HeatMap figure, int row, int column, Axis scale, double halfX, double halfY) {
        double value = figure.values()[row][column];
        if (!Double.isFinite(value)) return;
        double x = figure.xs()[column];
        double y = figure.ys()[row];
        svg.rectangle(
                px(x - halfX),
                py(y + halfY),
                px(x + halfX) - px(x - halfX) + 0.3,
                py(y - halfY) - py(y + halfY) + 0.3,
                "fill=\"%s\"".formatted(Palette.value(scale.share(value))),
                "%s, %s: %s".formatted(shown(x), shown(y), shown(value)));
    }

    /// The colours beside the map, with the values that they stand for.
    private void scale(Axis scale, String label) {
        double left = WIDTH - right + 16;
        int steps = 60;
        for (int i = 0; i < steps; i++)
            svg.rectangle(
                    left,
                    top + PLOT * (1 - (i + 1.0) / steps),
                    14,
                    PLOT / (double) steps + 0.3,
                    "fill=\"%s\"".formatted(Palette.value((i + 0.5) / steps)));
        for (double tick : scale.ticks())
            svg.text(left + 20, top + PLOT * (1 - scale.share(tick)) + 4, "start", scale.text(tick));
        svg.text(
                WIDTH - 6,
                top + PLOT / 2.0,
                "middle",
                "transform=\"rotate(-90 %s %s)\"".formatted(n(WIDTH - 6), n(top + PLOT / 2.0)),
                label);
    }

    private void frame() {
        for (int line = 0; line < title.size(); line++)
            svg.text(LEFT, 20 + TITLE_LINE * line, "start", "font-weight=\"600\" font-size=\"13\"", title.get(line));
        for (double tick : x.ticks()) {
            svg.line(px(tick), top, px(tick), top + PLOT, "stroke=\"currentColor\" stroke-opacity=\"0.14\"");
            svg.text(px(tick), top + PLOT + 17, "middle", x.text(tick));
        }
        for (double tick : y.ticks()) {
            svg.line(
                    LEFT,
                    py(tick),
                    WIDTH - right,
                    py(tick),
                    "stroke=\"currentColor\" stroke-opacity=\"%s\""
                            .formatted(tick == 0 && !figure.yLabel().isEmpty() ? "0.5" : "0.14"));
            svg.text(LEFT - 8, py(tick) + 4, "end", y.text(tick));
        }
        svg.path(
                "M%d %dV%dH%d".formatted(LEFT, top, top + PLOT, WIDTH - right),
                "fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.6\"");
        svg.text(LEFT + (WIDTH - right - LEFT) / 2.0, top + PLOT + 37, "middle", figure.xLabel());
        double middle = top + PLOT / 2.0;
        svg.text(16, middle, "middle", "transform=\"rotate(-90 16 %s)\"".formatted(n(middle)), figure.yLabel());
    }

    // ---- legend

    /// What stands beside a name in the legend.
    private enum Key {
        Line,
        Mark
    }

    private void legend(Key key) {
        if (names.size() < 2 && names.stream().allMatch(String::isBlank)) return;
        int perRow = perRow();
        double column = (WIDTH - LEFT - RIGHT) / (double) perRow;
        for (int i = 0; i < names.size(); i++) {
            double left = LEFT + column * (i % perRow);
            double middle = top + PLOT + BELOW + ROW * (i / perRow) + 4;
            switch (key) {
                case Line -> svg.line(left, middle, left + 24, middle, stroke(i));
                case Mark ->
                    svg.path(Marker.of(i).at(left + 12, middle, 4), Marker.of(i).style(Palette.group(i), 4));
            }
            svg.text(left + 30, middle + 4, "start", names.get(i));
        }
    }

    private int perRow() {
        double longest = names.stream().mapToInt(DisplayWidth::of).max().orElse(0) * LETTER + 46;
        return Math.clamp((int) ((WIDTH - LEFT - RIGHT) / longest), 1, 5);
    }

    private int legendRows() {
        return Math.ceilDiv(names.size(), perRow());
    }

    // ---- places

    private double px(double value) {
        return LEFT + (WIDTH - right - LEFT) * x.share(value);
    }

    private double py(double value) {
        return top + PLOT * (1 - y.share(value));
    }

    private String at(double atX, double atY) {
        return n(px(atX)) + " " + n(py(atY));
    }

    private static String shown(double value) {
        String text = String.format(java.util.Locale.ROOT, "%.4f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
