package dev.isogloss.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The findings of the stages `interpolate` of an experiment.
///
/// @param name     of the experiment
/// @param planned  how many lines and planes are measured
/// @param made     how many of these are done
/// @param lines    of the lines that are done
/// @param planes   of the planes that are done
/// @param geometry of all that is done, once for each three models
public record Interpolations(
        String name,
        int planned,
        int made,
        List<BlendScore> lines,
        List<BlendScore> planes,
        List<BlendGeometry> geometry) {

    private static final String SCORE = "experiment,stage,target,seed,%s,language,metric,score\n";
    private static final String MEAN =
            "experiment,stage,target,%s,language,metric,mean,both,normalised,variance,deviation,n\n";
    private static final String LINE = "from,alpha";
    private static final String PLANE = "alphaSource,alphaTarget";
    private static final List<String> SCORES =
            List.of("stage", "target", "from", "α", "on", "metric", "mean %", "of both %", "var/m", "std/m", "n");
    private static final List<String> ANGLES =
            List.of("stage", "target", "norm source", "norm target", "ratio", "degrees", "n");
    private static final int SCORE_TEXTS = 6;
    private static final int ANGLE_TEXTS = 2;

    /// Of longer lines a table for reading shows these alone.
    private static final Set<String> SHOWN = Set.of("-0.5", "0.0", "0.1", "0.5", "0.9", "1.0", "1.5");

    private static final int SHORT = 11;

    public static String lineHeader(boolean mean) {
        return (mean ? MEAN : SCORE).formatted(LINE);
    }

    public static String planeHeader(boolean mean) {
        return (mean ? MEAN : SCORE).formatted(PLANE);
    }

    public static String geometryHeader() {
        return "experiment,stage,target,seed,part,normSource,normTarget,ratio,degrees\n";
    }

    /// A line of CSV for each model and language; with `mean`, over the seeds.
    public String linesCsv(boolean mean) {
        return csv(lines, mean);
    }

    /// The same of the planes.
    public String planesCsv(boolean mean) {
        return csv(planes, mean);
    }

    private String csv(List<BlendScore> scores, boolean mean) {
        return mean ? joined(BlendMean.of(scores), each -> each.csv(name)) : joined(scores, each -> each.csv(name));
    }

    /// A line of CSV for each seed, target and part of a model.
    public String geometryCsv() {
        return joined(geometry, each -> each.csv(name));
    }

    private static <T> String joined(List<T> rows, Function<T, String> csv) {
        return rows.stream().map(csv).collect(Collectors.joining());
    }

    /// The lines by their main metric, and how the models lie, over seeds, in aligned columns; empty where nothing is
    /// done.
    public String aligned() {
        if (lines.isEmpty()) return "";
        return scores() + "\n" + angles();
    }

    private String scores() {
        String main = lines.getFirst().metric();
        boolean all = lines.stream().map(each -> each.place().get(1)).distinct().count() <= SHORT;
        List<List<String>> rows = new ArrayList<>(List.of(SCORES));
        for (BlendMean each : BlendMean.of(lines))
            if (each.of().metric().equals(main)
                    && (all || SHOWN.contains(each.of().place().get(1)))) rows.add(cells(each));
        return Columns.aligned(rows, SCORE_TEXTS);
    }

    private static List<String> cells(BlendMean each) {
        BlendScore of = each.of();
        return List.of(
                of.stage(),
                of.target(),
                of.place().get(0),
                of.place().get(1),
                of.language(),
                of.metric(),
                Tables.percent(each.mean()),
                Tables.percent(each.normalised()),
                number(each.variance(), 5),
                number(each.deviation(), 4),
                String.valueOf(each.n()));
    }

    private String angles() {
        Map<List<String>, List<BlendGeometry>> cells = new LinkedHashMap<>();
        for (BlendGeometry each : geometry)
            if (each.part().equals("all"))
                cells.computeIfAbsent(List.of(each.stage(), each.target()), _ -> new ArrayList<>())
                        .add(each);
        List<List<String>> rows = new ArrayList<>(List.of(ANGLES));
        cells.forEach((cell, seeds) -> rows.add(List.of(
                cell.get(0),
                cell.get(1),
                mean(seeds, BlendGeometry::normSource, 3),
                mean(seeds, BlendGeometry::normTarget, 3),
                mean(seeds, BlendGeometry::ratio, 3),
                mean(seeds, BlendGeometry::degrees, 1),
                String.valueOf(seeds.size()))));
        return Columns.aligned(rows, ANGLE_TEXTS);
    }

    private static String mean(
            List<BlendGeometry> seeds, Function<BlendGeometry, @Nullable Double> number, int places) {
        List<Double> known = seeds.stream().map(number).filter(Objects::nonNull).toList();
        return known.isEmpty() ? Tables.NONE : number(Statistics.of(known).mean(), places);
    }

    private static String number(@Nullable Double value, int places) {
        return value == null ? Tables.NONE : String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
