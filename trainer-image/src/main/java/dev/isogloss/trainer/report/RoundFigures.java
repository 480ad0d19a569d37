package dev.isogloss.trainer.report;

import dev.isogloss.plan.Round;
import dev.isogloss.report.PeerStages;
import dev.isogloss.report.RoundMeasure;
import dev.isogloss.report.RoundMeasures;
import dev.isogloss.report.Statistics;
import dev.isogloss.report.SummaryRow;
import dev.isogloss.trainer.figure.Figure.Lines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scores by round (Bari et al. 2021, figure 2; Yu & Joty 2021, figure 3), by the task's main metric.
final class RoundFigures {
    private RoundFigures() {}

    /// One figure for each split and language that rounds are measured in.
    static List<FigureSketch> of(ReportedExperiment experiment) {
        record Panel(String split, String measure, String language) {}
        Map<Panel, List<RoundMeasure>> panels = measures(experiment)
                .collect(Collectors.groupingBy(
                        each -> new Panel(
                                String.valueOf(each.split()), each.measure(), String.valueOf(each.language())),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return panels.entrySet().stream()
                .map(panel -> new FigureSketch(
                        "%s of %s by round"
                                .formatted(
                                        panel.getKey().split(), panel.getKey().language()),
                        title -> lines(title, panel.getKey().measure(), byModel(panel.getValue())),
                        "Each model's score after each round; bands are one standard deviation over seeds, where"
                                + " there are several."))
                .toList();
    }

    /// One figure for the runs that share task and data, where there are several.
    static List<FigureSketch> across(List<ReportedExperiment> experiments) {
        List<FigureSketch> figures = new ArrayList<>();
        AcrossSubjects.of(
                        experiments,
                        experiment -> measures(experiment).findAny().isPresent())
                .forEach((subject, runs) -> {
                    MeanLines lines = new MeanLines();
                    runs.forEach(run -> addMeans(run, lines));
                    figures.add(new FigureSketch(
                            "score by round, " + subject,
                            title -> lines(title, mainMetric(runs.getFirst()), lines),
                            "Each run's score on its targets after each round, mean over languages; models that"
                                    + " teach each other are lines of their own unless only chance tells them apart."
                                    + " Bands are one standard deviation over seeds."));
                });
        return figures;
    }

    private static Lines lines(String title, String measure, MeanLines lines) {
        return new Lines(title, "round", measure + ", per cent", lines.spread());
    }

    private static MeanLines byModel(List<RoundMeasure> measures) {
        MeanLines lines = new MeanLines();
        for (RoundMeasure each : measures) lines.add(each.model(), each.round(), 100 * each.value());
        return lines;
    }

    /// A value a round and seed: the mean over the languages.
    private static void addMeans(ReportedExperiment run, MeanLines lines) {
        record Place(String line, int round, long seed) {}
        boolean peers = !PeerStages.of(run.plan()).stages().isEmpty();
        List<RoundMeasure> measures = measures(run)
                .filter(each -> isOfTarget(run, each))
                .filter(each -> !peers || !each.model().equals(Round.ENSEMBLE))
                .toList();
        boolean several =
                !peers && measures.stream().map(RoundMeasure::model).distinct().count() > 1;
        Map<Place, List<Double>> places = new LinkedHashMap<>();
        for (RoundMeasure each : measures)
            places.computeIfAbsent(
                            new Place(
                                    several ? run.name() + " " + each.model() : run.name(),
                                    each.round(),
                                    Objects.requireNonNullElse(each.seed(), 0L)),
                            _ -> new ArrayList<>())
                    .add(100 * each.value());
        places.forEach((place, values) ->
                lines.add(place.line(), place.round(), Statistics.of(values).mean()));
    }

    private static boolean isOfTarget(ReportedExperiment run, RoundMeasure measure) {
        SummaryRow best = run.summary().best();
        return best != null
                && best.split().equals(measure.split())
                && !run.spec().path("source").asText().equals(measure.language());
    }

    private static Stream<RoundMeasure> measures(ReportedExperiment experiment) {
        String main = mainMetric(experiment);
        return RoundMeasures.of(experiment.plan(), experiment.results()).stream()
                .filter(each -> each.measure().equals(main) && each.language() != null && each.split() != null)
                .filter(each -> each.target() == null || each.target().equals(each.language()));
    }

    /// The metric that comes first in scores; empty without any.
    private static String mainMetric(ReportedExperiment experiment) {
        SummaryRow best = experiment.summary().best();
        return best == null ? "" : best.metric().name();
    }
}
