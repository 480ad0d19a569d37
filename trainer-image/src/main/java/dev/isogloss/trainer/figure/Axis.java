package dev.isogloss.trainer.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// A range of numbers along one side of a picture, and the round numbers that stand beside it.
///
/// @param low  the first number of the range
/// @param high the last one, above the first
/// @param step between two ticks: 1, 2 or 5 times a power of ten
record Axis(double low, double high, double step) {
    private static final int TICKS = 6;

    /// From one round number to another, around all values.
    ///
    /// @param values finite; of none the axis goes from 0 to 1
    static Axis around(DoubleStream values) {
        return around(values, 0);
    }

    /// The same for places that are counted where all of them are: rounds, updates and layers have nothing between.
    static Axis ofPlaces(DoubleStream values) {
        double[] places = values.toArray();
        boolean counted = Arrays.stream(places).allMatch(place -> place == Math.rint(place));
        return around(Arrays.stream(places), counted ? 1 : 0);
    }

    private static Axis around(DoubleStream values, double leastStep) {
        var range = values.summaryStatistics();
        if (range.getCount() == 0) return new Axis(0, 1, 0.2);
        double low = range.getMin();
        double high = range.getMax();
        if (high - low < 1e-12 * Math.max(1, Math.abs(high))) {
            double half = high == 0 ? 0.5 : 0.5 * Math.abs(high);
            low -= half;
            high += half;
        }
        double step = Math.max(leastStep, step((high - low) / (TICKS - 1)));
        return new Axis(Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, step);
    }

    /// From the first value to the last, with round ticks between.
    static Axis exactly(double low, double high) {
        return new Axis(low, high, step((high - low) / (TICKS - 1)));
    }

    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 5}) if (factor * power >= least * (1 - 1e-9)) return factor * power;
        return 10 * power;
    }

    /// Multiples of the step within the range.
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) ticks.add(i * step);
        return ticks;
    }

    /// A tick with as many places as tell it from the next one.
    String text(double tick) {
        int places = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        String text = String.format(Locale.ROOT, "%." + places + "f", tick == 0 ? 0.0 : tick);
        return text.replace('-', '−');
    }

    /// Where a value lies, 0 at the first end and 1 at the last.
    double share(double value) {
        return (value - low) / (high - low);
    }
}
