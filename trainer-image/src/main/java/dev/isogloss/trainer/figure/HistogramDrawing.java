package dev.isogloss.trainer.figure;

import dev.isogloss.trainer.figure.Figure.Histogram;
import dev.isogloss.trainer.figure.Figure.Sample;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.DoubleStream;

/// The outlines of the bars of several samples.
final class HistogramDrawing {
    private final Plot plot;

    private HistogramDrawing(Plot plot) {
        this.plot = plot;
    }

    static String svg(Histogram figure) {
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
        Plot plot = new Plot(
                figure,
                Axis.around(DoubleStream.of(figure.edge(first), figure.edge(last + 1))),
                Axis.ofPlaces(DoubleStream.concat(
                        DoubleStream.of(0), counts.stream().flatMapToDouble(bins -> bins.values().stream()
                                .mapToDouble(Integer::intValue)))),
                figure.samples().stream().map(Sample::name).toList(),
                Plot.RIGHT);
        HistogramDrawing drawing = new HistogramDrawing(plot);
        plot.frame();
        for (int i = 0; i < counts.size(); i++) drawing.steps(figure, counts.get(i), i);
        plot.legend(Plot.Key.Line);
        return plot.svg().end();
    }

    /// The outline of a sample's bars, from its first interval to its last, with a tint that shows what is behind it.
    private void steps(Histogram figure, SortedMap<Integer, Integer> counts, int number) {
        if (counts.isEmpty()) return;
        StringBuilder way = new StringBuilder("M" + plot.at(figure.edge(counts.firstKey()), 0));
        for (int bin = counts.firstKey(); bin <= counts.lastKey(); bin++)
            way.append("V%sH%s"
                    .formatted(Svg.n(plot.py(counts.getOrDefault(bin, 0))), Svg.n(plot.px(figure.edge(bin + 1)))));
        way.append("V").append(Svg.n(plot.py(0)));
        plot.svg().path(way + "Z", "fill=\"%s\" fill-opacity=\"0.22\"".formatted(Palette.group(number)));
        plot.svg().path(way.toString(), Palette.stroke(number));
    }
}
