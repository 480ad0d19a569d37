package dev.isogloss.trainer.figure;

import dev.isogloss.trainer.figure.Figure.Line;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Point;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Lines through points, each with a band where the spread is known.
final class LinesDrawing {
    private final Plot plot;

    private LinesDrawing(Plot plot) {
        this.plot = plot;
    }

    static String svg(Lines figure) {
        Plot plot = new Plot(
                figure,
                Axis.ofPlaces(points(figure).mapToDouble(Point::x)),
                Axis.around(points(figure).flatMapToDouble(LinesDrawing::heights)),
                figure.lines().stream().map(Line::name).toList(),
                Plot.RIGHT);
        LinesDrawing drawing = new LinesDrawing(plot);
        plot.frame();
        for (int i = 0; i < figure.lines().size(); i++)
            drawing.line(figure.lines().get(i), i);
        plot.legend(Plot.Key.Line);
        return plot.svg().end();
    }

    private static Stream<Point> points(Lines figure) {
        return figure.lines().stream().flatMap(line -> line.points().stream());
    }

    private static DoubleStream heights(Point point) {
        Double low = point.low();
        Double high = point.high();
        return low == null || high == null ? DoubleStream.of(point.y()) : DoubleStream.of(low, point.y(), high);
    }

    private void line(Line line, int number) {
        List<Point> points = line.points();
        String colour = Palette.group(number);
        band(points, colour);
        StringBuilder way = new StringBuilder();
        for (Point point : points) way.append(way.isEmpty() ? "M" : "L").append(plot.at(point.x(), point.y()));
        if (points.size() > 1) plot.svg().path(way.toString(), Palette.stroke(number));
        boolean few = points.size() <= 40;
        for (Point point : points)
            if (few)
                plot.svg()
                        .circle(
                                plot.px(point.x()),
                                plot.py(point.y()),
                                2.4,
                                "fill=\"%s\"".formatted(colour),
                                "%s: %s, %s".formatted(line.name(), Plot.shown(point.x()), Plot.shown(point.y())));
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
            there.append(known++ == 0 ? "M" : "L").append(plot.at(point.x(), high));
            back.insert(0, "L" + plot.at(point.x(), low));
        }
        if (known > 1)
            plot.svg()
                    .path(
                            there.append(back).append("Z").toString(),
                            "fill=\"%s\" fill-opacity=\"0.18\"".formatted(colour));
    }
}
