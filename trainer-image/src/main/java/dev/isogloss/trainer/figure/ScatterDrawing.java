package dev.isogloss.trainer.figure;

import dev.isogloss.trainer.figure.Figure.Group;
import dev.isogloss.trainer.figure.Figure.Scatter;
import java.util.List;

/// Points of several groups, told apart by colour and shape.
final class ScatterDrawing {
    /// Marks of more points are small.
    private static final int MANY = 500;

    private final Plot plot;

    private ScatterDrawing(Plot plot) {
        this.plot = plot;
    }

    static String svg(Scatter figure) {
        Plot plot = new Plot(
                figure,
                Axis.around(figure.groups().stream()
                        .flatMapToDouble(group -> group.places().stream().mapToDouble(p -> p[0]))),
                Axis.around(figure.groups().stream()
                        .flatMapToDouble(group -> group.places().stream().mapToDouble(p -> p[1]))),
                figure.groups().stream().map(Group::name).toList(),
                Plot.RIGHT);
        ScatterDrawing drawing = new ScatterDrawing(plot);
        plot.frame();
        long points = figure.groups().stream()
                .mapToLong(group -> group.places().size())
                .sum();
        double size = points > MANY ? 1.8 : 3.2;
        for (int i = 0; i < figure.groups().size(); i++)
            drawing.marks(figure.groups().get(i).places(), Marker.of(i), size, i);
        plot.legend(Plot.Key.Mark);
        return plot.svg().end();
    }

    /// All marks of a group are one element: thousands of them would be most of a page.
    private void marks(List<double[]> places, Marker marker, double size, int number) {
        if (places.isEmpty()) return;
        StringBuilder way = new StringBuilder();
        for (double[] place : places) way.append(marker.at(plot.px(place[0]), plot.py(place[1]), size));
        plot.svg().path(way.toString(), marker.style(Palette.group(number), size));
    }
}
