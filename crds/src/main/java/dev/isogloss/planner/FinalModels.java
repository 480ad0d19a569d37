package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.Round;
import dev.isogloss.plan.step.ChooseBestRoundStep;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.SeedEvaluations;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The measurements of an experiment's or run's last models: those that its line in a benchmark's table is read from.
///
/// @param steps that measure, in the plan's order
/// @param peers whether they are of models that begin apart, each under the seed of its first weights
record FinalModels(Plan plan, List<PlannedStep> steps, boolean peers) {
    /// The seed of what all seeds made together.
    private static final long ALL_SEEDS = -1;

    /// @param stage whose models are meant; null for the last ones
    /// @throws InvalidInput if there is no such stage
    static FinalModels of(Plan plan, Manifest manifest, @Nullable String stage) {
        List<PlannedStep> measuring =
                plan.steps().stream().filter(FinalModels::measures).toList();
        if (measuring.isEmpty())
            throw new InvalidInput("nothing of it is measured on the languages of evaluate. Add a stage that trains a"
                    + " model, or name other languages.");
        if (Round.MODELS.equals(stage) && isTriTraining(manifest)) return peers(plan, measuring);
        String wanted = stage != null ? stage : last(manifest, measuring);
        for (boolean finals : new boolean[] {true, false}) {
            List<PlannedStep> found = measuring.stream()
                    .filter(step -> (finals ? models(step) : step.stages()).contains(wanted))
                    .toList();
            if (!found.isEmpty()) return new FinalModels(plan, found, false);
        }
        Set<String> names = new LinkedHashSet<>();
        for (PlannedStep step : measuring) names.addAll(step.stages());
        throw new InvalidInput(
                "stage is %s, which is not measured; write one of %s.".formatted(wanted, String.join(", ", names)));
    }

    private static boolean isTriTraining(Manifest manifest) {
        return manifest instanceof CoTrainingRunManifest run
                && run.spec().strategy().triTraining() != null;
    }

    /// The three models of tri-training, as three that differ by chance.
    private static FinalModels peers(Plan plan, List<PlannedStep> measuring) {
        return new FinalModels(
                plan,
                measuring.stream()
                        .filter(step -> step.spec() instanceof EvaluateStep
                                && step.rounds().stream().anyMatch(Round::isFinal))
                        .toList(),
                true);
    }

    private static boolean measures(PlannedStep step) {
        return step.spec() instanceof EvaluateStep
                || step.spec() instanceof EnsembleStep
                || step.spec() instanceof ChooseBestRoundStep;
    }

    private static String last(Manifest manifest, List<PlannedStep> measuring) {
        return switch (manifest) {
            case TransferExperimentManifest _ ->
                measuring.stream()
                        .filter(step -> step.spec() instanceof EvaluateStep)
                        .map(PlannedStep::stage)
                        .distinct()
                        .reduce((_, later) -> later)
                        .orElse("");
            case CoTrainingRunManifest run ->
                measuring.stream().anyMatch(step -> models(step).contains(Round.ENSEMBLE))
                        ? Round.ENSEMBLE
                        : run.spec().models().getLast().name();
            case TransferBenchmarkManifest _ -> throw new IllegalArgumentException("a benchmark in a benchmark");
        };
    }

    /// The names by which a step's models are known once they are done: the stage in an experiment; in a run the model,
    /// with and without the target that it is for.
    private static List<String> models(PlannedStep step) {
        if (!step.rounds().isEmpty())
            return step.rounds().stream()
                    .filter(Round::isFinal)
                    .flatMap(round -> Stream.of(round.name(), round.model()))
                    .toList();
        String stage = step.stage();
        return step.spec() instanceof ChooseBestRoundStep && stage.indexOf(' ') > 0
                ? List.of(stage, stage.substring(0, stage.indexOf(' ')))
                : List.of(stage);
    }

    List<SeedEvaluations> bySeed() {
        Map<Long, List<StepKey>> seeds = new TreeMap<>();
        for (PlannedStep step : steps)
            seeds.computeIfAbsent(seed(step), _ -> new ArrayList<>()).add(step.key());
        return seeds.entrySet().stream()
                .map(each -> new SeedEvaluations(each.getKey(), each.getValue()))
                .toList();
    }

    Set<String> languages() {
        Set<String> languages = new TreeSet<>();
        for (PlannedStep step : steps) languages.addAll(measured(step).languages());
        return languages;
    }

    /// Those that one model of each seed is measured on: where every target has a model of its own, not the source, for
    /// which none of them stands.
    Set<String> languagesOfOneModel() {
        Map<Long, Set<String>> bySeed = new TreeMap<>();
        Set<String> several = new TreeSet<>();
        for (PlannedStep step : steps) {
            Set<String> seen = bySeed.computeIfAbsent(seed(step), _ -> new TreeSet<>());
            for (String language : measured(step).languages()) if (!seen.add(language)) several.add(language);
        }
        Set<String> languages = languages();
        languages.removeAll(several);
        return languages;
    }

    /// Whether one model stands for all seeds: their ensemble.
    boolean isOfAllSeeds() {
        return steps.stream().allMatch(step -> step.seed() == null);
    }

    private long seed(PlannedStep step) {
        if (peers) return plan.firstSeed(step.key());
        return step.seed() == null ? ALL_SEEDS : step.seed();
    }

    Set<String> splits() {
        Set<String> splits = new TreeSet<>();
        for (PlannedStep step : steps) splits.addAll(measured(step).splits());
        return splits;
    }

    /// What a step measures.
    record Measured(List<String> languages, List<String> splits) {}

    Measured measured(PlannedStep step) {
        return switch (step.spec()) {
            case EvaluateStep evaluate -> new Measured(evaluate.languages(), evaluate.splits());
            case EnsembleStep ensemble -> new Measured(ensemble.languages(), ensemble.splits());
            case ChooseBestRoundStep choose ->
                measured(plan.step(choose.evaluations().getFirst()).orElseThrow());
            default -> throw new IllegalArgumentException(step.title() + " measures nothing");
        };
    }
}
