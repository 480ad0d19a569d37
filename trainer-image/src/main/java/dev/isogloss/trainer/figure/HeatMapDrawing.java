package dev.isogloss.trainer.figure;

import dev.isogloss.trainer.figure.Figure.HeatMap;
import java.util.Arrays;
import java.util.List;

/// A value at each crossing of two axes as a colour, with the scale of colours beside it.
final class HeatMapDrawing {
    private static final int BAR = 84;

    private final Plot plot;

    private HeatMapDrawing(Plot plot) {
        this.plot = plot;
    }

    static String svg(HeatMap figure) {
        double halfX = half(figure.xs());
        double halfY = half(figure.ys());
        Plot plot = new Plot(
                figure,
                Axis.exactly(figure.xs()[0] - halfX, figure.xs()[figure.xs().length - 1] + halfX),
                Axis.exactly(figure.ys()[0] - halfY, figure.ys()[figure.ys().length - 1] + halfY),
                List.of(),
                Plot.RIGHT + BAR);
        HeatMapDrawing drawing = new HeatMapDrawing(plot);
        Axis scale = Axis.around(
                Arrays.stream(figure.values()).flatMapToDouble(Arrays::stream).filter(Double::isFinite));
        for (int row = 0; row < figure.ys().length; row++)
            for (int column = 0; column < figure.xs().length; column++)
                drawing.cell(figure, row, column, scale, halfX, halfY);
        plot.frame();
        drawing.scale(scale, figure.label());
        return plot.svg().end();
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
        plot.svg()
                .rectangle(
                        plot.px(x - halfX),
                        plot.py(y + halfY),
                        plot.px(x + halfX) - plot.px(x - halfX) + 0.3,
                        plot.py(y - halfY) - plot.py(y + halfY) + 0.3,
                        "fill=\"%s\"".formatted(Palette.value(scale.share(value))),
                        "%s, %s: %s".formatted(Plot.shown(x), Plot.shown(y), Plot.shown(value)));
    }

    /// The colours beside the map, with the values that they stand for.
    private void scale(Axis scale, String label) {
        double left = Plot.WIDTH - (Plot.RIGHT + BAR) + 16;
        int steps = 60;
        for (int i = 0; i < steps; i++)
            plot.svg()
                    .rectangle(
                            left,
                            plot.top() + Plot.HEIGHT * (1 - (i + 1.0) / steps),
                            14,
                            Plot.HEIGHT / (double) steps + 0.3,
                            "fill=\"%s\"".formatted(Palette.value((i + 0.5) / steps)));
        for (double tick : scale.ticks())
            plot.svg()
                    .text(left + 20, plot.top() + Plot.HEIGHT * (1 - scale.share(tick)) + 4, "start", scale.text(tick));
        plot.svg()
                .text(
                        Plot.WIDTH - 6,
                        plot.top() + Plot.HEIGHT / 2.0,
                        "middle",
                        "transform=\"rotate(-90 %s %s)\""
                                .formatted(Svg.n(Plot.WIDTH - 6), Svg.n(plot.top() + Plot.HEIGHT / 2.0)),
                        label);
    }
}
