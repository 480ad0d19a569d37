package dev.isogloss.trainer.report;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.report.ComparedSystem;
import dev.isogloss.report.Comparison;
import dev.isogloss.trainer.random.RandomStream;
import dev.isogloss.trainer.report.BaselineComparison.Compared;
import dev.isogloss.trainer.report.BaselineComparison.Incomparable;
import dev.isogloss.trainer.report.BaselineComparison.MeasuredStage;
import dev.isogloss.trainer.report.BaselineComparison.None;
import dev.isogloss.trainer.report.BaselineComparison.StageComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What experiments of a report are compared with: one of them, or a stage of each.
public sealed interface Baseline {
    String SPLIT = "test";
    int RESAMPLES = 10000;

    /// The last measured stage of one experiment, with which those of the others are compared.
    record OfExperiment(MeasuredStage stage, ComparedSystem system) implements Baseline {}

    /// A stage that experiments have themselves, with which their later ones are compared: experiments on draws of the
    /// data share no examples.
    record OfStage(String stage) implements Baseline {}

    /// @throws InvalidInput if neither an experiment nor a stage has the name, or the experiment was not measured yet
    static Baseline named(String name, List<ReportedExperiment> experiments) {
        for (ReportedExperiment experiment : experiments)
            if (experiment.name().equals(name)) {
                ComparedSystem system = StagePredictions.read(experiment.plan(), null, SPLIT, experiment.store());
                return new OfExperiment(
                        new MeasuredStage(experiment, stages(experiment).getLast()), system);
            }
        List<String> stages = experiments.stream()
                .flatMap(experiment -> stages(experiment).stream())
                .distinct()
                .toList();
        if (stages.contains(name)) return new OfStage(name);
        throw new InvalidInput("--baseline is %s; the report has the experiments %s, and measured stages %s."
                .formatted(
                        name,
                        experiments.stream().map(ReportedExperiment::name).collect(Collectors.joining(", ")),
                        String.join(", ", stages)));
    }

    private static List<String> stages(ReportedExperiment experiment) {
        return StagePredictions.stages(experiment.plan(), experiment.store());
    }

    /// Experiments of other tasks, seeds or languages can stand in one report; they are not compared.
    default BaselineComparison comparison(ReportedExperiment experiment) {
        try {
            return switch (this) {
                case OfExperiment one -> with(one, experiment);
                case OfStage stage -> within(stage.stage(), experiment);
            };
        } catch (InvalidInput different) {
            return new Incomparable(String.valueOf(different.getMessage()));
        }
    }

    private static BaselineComparison with(OfExperiment baseline, ReportedExperiment experiment) {
        if (experiment.name().equals(baseline.stage().experiment().name())) return new None();
        ComparedSystem system = StagePredictions.read(experiment.plan(), null, SPLIT, experiment.store());
        return new Compared(List.of(StageComparison.of(
                baseline.stage(),
                new MeasuredStage(experiment, stages(experiment).getLast()),
                compared(baseline.system(), system))));
    }

    private static BaselineComparison within(String stage, ReportedExperiment experiment) {
        List<String> stages = stages(experiment);
        int at = stages.indexOf(stage);
        if (at < 0) return new Incomparable("it has no measured stage %s.".formatted(stage));
        if (at == stages.size() - 1) return new None();
        ComparedSystem baseline = StagePredictions.read(experiment.plan(), stage, SPLIT, experiment.store());
        List<StageComparison> comparisons = new ArrayList<>();
        for (String later : stages.subList(at + 1, stages.size()))
            comparisons.add(StageComparison.of(
                    new MeasuredStage(experiment, stage),
                    new MeasuredStage(experiment, later),
                    compared(baseline, StagePredictions.read(experiment.plan(), later, SPLIT, experiment.store()))));
        return new Compared(comparisons);
    }

    private static Comparison compared(ComparedSystem baseline, ComparedSystem system) {
        return Comparison.of(baseline, system, SPLIT, RESAMPLES, name -> RandomStream.of(1, name));
    }
}
