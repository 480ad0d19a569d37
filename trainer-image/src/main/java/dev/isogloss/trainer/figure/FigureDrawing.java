package dev.isogloss.trainer.figure;

import dev.isogloss.trainer.figure.Figure.HeatMap;
import dev.isogloss.trainer.figure.Figure.Histogram;
import dev.isogloss.trainer.figure.Figure.Lines;
import dev.isogloss.trainer.figure.Figure.Scatter;

/// A figure as a vector picture with real text.
public final class FigureDrawing {
    private FigureDrawing() {}

    public static String svg(Figure figure) {
        return switch (figure) {
            case Lines lines -> LinesDrawing.svg(lines);
            case Scatter scatter -> ScatterDrawing.svg(scatter);
            case Histogram histogram -> HistogramDrawing.svg(histogram);
            case HeatMap map -> HeatMapDrawing.svg(map);
        };
    }
}
