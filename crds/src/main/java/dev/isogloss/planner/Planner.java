package dev.isogloss.planner;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.cluster.Locations;
import dev.isogloss.api.data.LanguageFiles;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.api.encoder.EncoderSpec;
import dev.isogloss.api.experiment.Stage;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.method.Analyse;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.LanguageAdaptation;
import dev.isogloss.api.method.MethodSettings;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.api.run.CoTrainingRunSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AdaptStep;
import dev.isogloss.plan.step.AnalyseStep.AnalysedModel;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PretrainStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepKeys;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a manifest means: a pure function from its spec to the steps it needs.
///
/// Keys depend on what a step reads and does, and on nothing else: an experiment that grows (a target, a seed, a split
/// to measure) keeps the keys of all training steps it had.
public final class Planner {
    private final TransferExperimentSpec spec;
    private final SpecResolver resolved;
    private final AdaptSteps adaptations;
    private final TrainSteps trainings;
    private final Map<StepKey, PlannedStep> steps = new LinkedHashMap<>();
    private final List<AnalysedModel> studied = new ArrayList<>();

    private Planner(TransferExperimentSpec spec) {
        this.spec = spec;
        this.resolved = new SpecResolver(ExperimentInputs.of(spec));
        this.adaptations = new AdaptSteps(spec, resolved);
        this.trainings = new TrainSteps(ExperimentInputs.of(spec), resolved);
    }

    /// The steps of an experiment in dependency order, each key once.
    ///
    /// @param spec with defaults filled in, as `ManifestReader` and the API server give it
    /// @throws InvalidInput if the spec means nothing that can be run
    public static Plan plan(String name, TransferExperimentSpec spec) {
        Planner planner = new Planner(spec);
        planner.run();
        return new Plan(name, List.copyOf(planner.steps.values()));
    }

    /// The steps of a run in dependency order, each key once: all rounds, known before the first one starts.
    ///
    /// @param spec with defaults filled in, as `ManifestReader` and the API server give it
    /// @throws InvalidInput if the spec means nothing that can be run
    public static Plan plan(String name, CoTrainingRunSpec spec) {
        return new RoundPlanner(spec).plan(name);
    }

    /// Where the things lie that the plan of `spec` names.
    public static Locations locations(TransferExperimentSpec spec) {
        return ExperimentInputs.of(spec).locations(Map.of("spec.encoder", spec.encoder()));
    }

    /// Where the things lie that the plan of `spec` names.
    public static Locations locations(CoTrainingRunSpec spec) {
        return RoundPlanner.locations(spec);
    }

    private void run() {
        if (spec.task().type() == TaskType.DependencyParsing)
            throw new InvalidInput("spec.task.type is DependencyParsing, which this version cannot train yet. Choose"
                    + " SequenceClassification, SequencePairClassification, NamedEntityRecognition or"
                    + " PartOfSpeechTagging.");
        checkSamples();
        EncoderOrigin start = start(spec.encoder());
        List<String> names = stageNames(spec.stages());
        for (long seed : spec.seeds()) {
            List<ModelChain> lines = List.of(new ModelChain(null, start, null));
            studied.clear();
            for (int i = 0; i < names.size(); i++) {
                MethodSettings settings = spec.stages().get(i).settings();
                if (settings instanceof Analyse analyse) analyse(analyse, names.get(i), seed);
                else lines = stage(settings, names.get(i), split(settings, lines), seed);
            }
        }
        if (spec.evaluate().ensemble() && spec.seeds().size() > 1) ensembles();
    }

    private void checkSamples() {
        boolean tagging = spec.task().type() == TaskType.NamedEntityRecognition
                || spec.task().type() == TaskType.PartOfSpeechTagging;
        List<SplitSource> cuts = new ArrayList<>();
        if (spec.data().splits() != null) cuts.addAll(spec.data().splits().values());
        for (LanguageFiles own : spec.data().languages() == null
                ? List.<LanguageFiles>of()
                : spec.data().languages())
            if (own.splits() != null) cuts.addAll(own.splits().values());
        if (!tagging && cuts.stream().anyMatch(cut -> cut.minOFraction() != null))
            throw new InvalidInput(
                    "spec.data: minOFraction counts words that are tagged O, and %s has none. Leave it out."
                            .formatted(spec.task().type()));
    }

    /// A stage with a model for each target parts their ways; they stay parted.
    private List<ModelChain> split(MethodSettings settings, List<ModelChain> lines) {
        boolean parts = settings instanceof TargetAdaptation
                || settings instanceof FineTune fineTune && fineTune.learnFrom() != null;
        if (!parts) return lines;
        List<String> targets = SpecResolver.sorted(spec.targets());
        if (targets.isEmpty())
            throw new InvalidInput("spec.targets is empty, and the stage %s adapts to target languages. List some."
                    .formatted(settings.method()));
        return lines.stream().flatMap(line -> line.forEach(targets).stream()).toList();
    }

    private List<ModelChain> stage(MethodSettings settings, String name, List<ModelChain> lines, long seed) {
        return lines.stream().map(line -> stage(settings, name, line, seed)).toList();
    }

    private EncoderOrigin start(EncoderSpec encoder) {
        PlanBuilder made = new PlanBuilder();
        EncoderOrigin origin = new EncoderSteps(resolved, made).start(encoder, "spec.encoder");
        made.plan("encoder").steps().forEach(step -> steps.putIfAbsent(step.key(), step));
        return origin;
    }

    private ModelChain stage(MethodSettings settings, String name, ModelChain line, long seed) {
        String suffix = line.words() + " seed " + seed;
        return switch (settings) {
            case Pretrain pretrain ->
                line.withEncoder(
                        add(pretrain(pretrain, line.origin(), seed), name, name + suffix, seed, line.target()));
            case LanguageAdaptation adaptation -> {
                StepKey model = null;
                for (StepSpec phase : trainings.of(
                        resolved.fineTune(adaptation.fineTune()),
                        adaptation.alignment(),
                        line.origin(),
                        spec.encoder(),
                        seed,
                        null)) {
                    String verb = phase instanceof SemanticAlignmentStep ? "align " : "";
                    model = add(phase, name, verb + name + suffix, seed, line.target());
                }
                yield measured(line.withModel(requireNonNull(model)), name, seed);
            }
            case FineTune fineTune -> {
                TrainStep train = train(fineTune, line, seed);
                String on = " " + String.join(" ", train.settings().languages());
                yield measured(line.withModel(add(train, name, name + on + suffix, seed, line.target())), name, seed);
            }
            case TargetAdaptation adaptation -> {
                AdaptStep adapt = adaptations.step(adaptation, name, line, seed);
                yield measured(line.withModel(add(adapt, name, name + suffix, seed, line.target())), name, seed);
            }
            case Analyse _ -> throw new IllegalArgumentException("an analysis has no model of its own");
        };
    }

    /// Adds the measuring of the line's model.
    private ModelChain measured(ModelChain line, String name, long seed) {
        List<String> languages = line.measured(resolved.measuredLanguages(), spec.source());
        if (languages.isEmpty()) return line;
        StepKey model = requireNonNull(line.model());
        StepKey measured = add(
                evaluate(model, languages),
                name,
                "evaluate " + name + line.words() + " seed " + seed,
                seed,
                line.target());
        List<String> targets = languages.stream()
                .filter(language -> !language.equals(spec.source()))
                .toList();
        if (!targets.isEmpty()) studied.add(new AnalysedModel(name, model, measured, targets));
        return line;
    }

    /// Adds, for each stage and each target that has models of its own, the models of all seeds as one.
    private void ensembles() {
        Map<List<String>, List<PlannedStep>> groups = new LinkedHashMap<>();
        for (PlannedStep step : steps.values())
            if (step.spec() instanceof EvaluateStep)
                groups.computeIfAbsent(
                                step.target() == null ? List.of(step.stage()) : List.of(step.stage(), step.target()),
                                _ -> new ArrayList<>())
                        .add(step);
        groups.forEach((group, measured) -> {
            EvaluateStep first = (EvaluateStep) measured.getFirst().spec();
            add(
                    new EnsembleStep(
                            Revisions.ENSEMBLE,
                            measured.stream().map(PlannedStep::key).toList(),
                            first.task(),
                            first.data(),
                            first.languages(),
                            first.splits()),
                    group.getFirst() + "-ensemble",
                    "ensemble of " + String.join(" ", group),
                    null,
                    measured.getFirst().target());
        });
    }

    /// Adds the look at all models of the seed so far.
    private void analyse(Analyse settings, String name, long seed) {
        if (studied.isEmpty())
            throw new InvalidInput(
                    "spec.stages: %s finds no model that is measured on a target. Put it after the stages that it looks at."
                            .formatted(name));
        add(analysis(settings), name, name + " seed " + seed, seed, null);
    }

    private dev.isogloss.plan.step.AnalyseStep analysis(Analyse settings) {
        List<String> languages = SpecResolver.sorted(
                studied.stream().flatMap(each -> each.languages().stream()).toList());
        List<String> splits = SpecResolver.sorted(
                settings.splits() != null ? settings.splits() : spec.evaluate().splits());
        List<String> readLanguages = new ArrayList<>(languages);
        readLanguages.add(spec.source());
        List<String> readSplits = new ArrayList<>(splits);
        readSplits.add("train");
        return new dev.isogloss.plan.step.AnalyseStep(
                Revisions.ANALYSE,
                List.copyOf(studied),
                resolved.task(),
                resolved.data(SpecResolver.sorted(readLanguages), SpecResolver.sorted(readSplits)),
                spec.source(),
                languages,
                splits,
                settings.maxExamples(),
                spec.encoder().maxLength(),
                spec.encoder().precision());
    }

    private PretrainStep pretrain(Pretrain settings, EncoderOrigin origin, long seed) {
        Pretrain full = resolved.pretrain(settings);
        return new PretrainStep(
                Revisions.PRETRAIN,
                origin,
                resolved.corpus(full),
                full,
                spec.encoder().precision(),
                seed);
    }

    private TrainStep train(FineTune settings, ModelChain line, long seed) {
        FineTune full = resolved.fineTune(settings, line.target());
        return new TrainStep(
                Revisions.TRAIN,
                line.origin(),
                resolved.task(),
                resolved.trainingData(full),
                spec.source(),
                full,
                spec.encoder().maxLength(),
                spec.encoder().precision(),
                seed);
    }

    private EvaluateStep evaluate(StepKey model, List<String> languages) {
        List<String> splits = SpecResolver.sorted(spec.evaluate().splits());
        return new EvaluateStep(
                Revisions.EVALUATE,
                model,
                resolved.task(),
                resolved.data(languages, splits),
                languages,
                splits,
                spec.encoder().maxLength(),
                spec.encoder().precision());
    }

    private StepKey add(StepSpec step, String stage, String title, @Nullable Long seed, @Nullable String target) {
        StepKey key = StepKeys.of(step);
        steps.putIfAbsent(key, new PlannedStep(key, step, stage, title, seed, List.of(), target));
        return key;
    }

    /// What tables call the stages: their name, or their method, numbered from its second use on.
    private static List<String> stageNames(List<Stage> stages) {
        List<String> names = new ArrayList<>();
        for (Stage stage : stages) {
            String name = stage.name() != null ? stage.name() : stage.settings().method();
            String unique = name;
            for (int n = 2; names.contains(unique); n++) unique = name + "-" + n;
            names.add(unique);
        }
        return names;
    }
}
