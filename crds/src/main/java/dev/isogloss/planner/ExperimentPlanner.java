package dev.isogloss.planner;

import static java.util.Objects.requireNonNull;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.experiment.Stage;
import dev.isogloss.api.experiment.TransferExperimentSpec;
import dev.isogloss.api.method.Analyse;
import dev.isogloss.api.method.FineTune;
import dev.isogloss.api.method.Inspection;
import dev.isogloss.api.method.Interpolate;
import dev.isogloss.api.method.LanguageAdaptation;
import dev.isogloss.api.method.LanguageAlignment;
import dev.isogloss.api.method.MethodSettings;
import dev.isogloss.api.method.Pretrain;
import dev.isogloss.api.method.Project;
import dev.isogloss.api.method.RobustTraining;
import dev.isogloss.api.method.TargetAdaptation;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AnalyseStep;
import dev.isogloss.plan.step.AnalyseStep.AnalysedModel;
import dev.isogloss.plan.step.EncoderOrigin;
import dev.isogloss.plan.step.EnsembleStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.ProjectStep;
import dev.isogloss.plan.step.ProjectStep.ProjectedEncoder;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.StepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The plan of an experiment: for each seed its stages in their order, each model measured once it is made.
final class ExperimentPlanner {
    /// How a map calls the encoder that all stages start from.
    private static final String START = "encoder";

    private final TransferExperimentSpec spec;
    private final SpecResolver resolved;
    private final PlanBuilder steps = new PlanBuilder();
    private final EncoderSteps encoders;
    private final AdaptSteps adaptations;
    private final TrainSteps trainings;
    private final InterpolateSteps interpolations;
    private final List<AnalysedModel> measuredModels = new ArrayList<>();
    private final List<ProjectedEncoder> encodersSoFar = new ArrayList<>();

    ExperimentPlanner(TransferExperimentSpec spec) {
        this.spec = spec;
        this.resolved = new SpecResolver(spec.common());
        this.encoders = new EncoderSteps(resolved, steps);
        this.adaptations = new AdaptSteps(spec, resolved);
        this.trainings = new TrainSteps(spec.common(), resolved);
        this.interpolations = new InterpolateSteps(spec, resolved, trainings, steps);
    }

    Plan plan(String name) {
        new DatasetParts(spec.common()).checkSamples();
        EncoderOrigin start = encoders.start(spec.encoder(), "spec.encoder");
        for (long seed : spec.common().seeds()) stages(start, seed);
        if (spec.common().evaluate().ensemble() && spec.common().seeds().size() > 1) ensembles();
        return steps.plan(name);
    }

    private void stages(EncoderOrigin start, long seed) {
        List<ModelChain> chains = List.of(new ModelChain(null, start, null));
        List<String> names = stageNames(spec.stages());
        measuredModels.clear();
        encodersSoFar.clear();
        encodersSoFar.add(projected(chains.getFirst(), START));
        for (int i = 0; i < names.size(); i++) {
            MethodSettings settings = spec.stages().get(i).settings();
            switch (settings) {
                case Inspection inspection -> inspect(inspection, names.get(i), seed);
                case Interpolate interpolate -> interpolations.add(interpolate, names.get(i), chains, seed);
                case FineTune _, LanguageAdaptation _, RobustTraining _, Pretrain _, TargetAdaptation _ ->
                    chains = stage(settings, names.get(i), split(settings, chains), seed);
            }
        }
    }

    /// The names of the stages in tables: their own, or their method's, numbered from its second use on.
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

    /// A stage with a model for each target splits the chains; they stay split.
    private List<ModelChain> split(MethodSettings settings, List<ModelChain> chains) {
        boolean isPerTarget =
                switch (settings) {
                    case TargetAdaptation _ -> true;
                    case FineTune fineTune -> fineTune.learnFrom() != null;
                    case RobustTraining robust ->
                        requireNonNull(robust.fineTune()).learnFrom() != null;
                    case LanguageAdaptation _, Pretrain _, Interpolate _, Inspection _ -> false;
                };
        if (!isPerTarget) return chains;
        List<String> targets = SpecResolver.sorted(spec.common().targets());
        if (targets.isEmpty())
            throw new InvalidInput("spec.targets is empty, and the stage %s adapts to target languages. List some."
                    .formatted(settings.method()));
        return chains.stream().flatMap(chain -> chain.forEach(targets).stream()).toList();
    }

    private List<ModelChain> stage(MethodSettings settings, String name, List<ModelChain> chains, long seed) {
        List<ModelChain> made =
                chains.stream().map(chain -> stage(settings, name, chain, seed)).toList();
        made.forEach(chain -> encodersSoFar.add(projected(chain, name)));
        return made;
    }

    private ModelChain stage(MethodSettings settings, String name, ModelChain chain, long seed) {
        String title = name + chain.suffix() + " seed " + seed;
        return switch (settings) {
            case Pretrain pretrain -> {
                StepSpec step = encoders.pretrain(pretrain, spec.encoder(), chain.origin(), seed);
                yield chain.withEncoder(steps.add(step, name, title, seed, chain.target()));
            }
            case LanguageAdaptation adaptation -> {
                FineTune fineTune = resolved.fineTune(adaptation.fineTune());
                yield trained(fineTune, adaptation.alignment(), name, title, chain, seed);
            }
            case FineTune given -> {
                FineTune fineTune = resolved.fineTune(given, chain.target());
                String languages = " " + String.join(" ", requireNonNull(fineTune.languages()));
                yield trained(fineTune, null, name, name + languages + chain.suffix() + " seed " + seed, chain, seed);
            }
            case RobustTraining robust -> {
                FineTune fineTune = resolved.fineTune(requireNonNull(robust.fineTune()), chain.target());
                StepSpec step = trainings.robust(fineTune, robust, chain.origin(), spec.encoder(), seed);
                yield measured(chain.withModel(steps.add(step, name, title, seed, chain.target())), name, seed);
            }
            case TargetAdaptation adaptation -> {
                StepSpec step = adaptations.step(adaptation, name, chain, seed);
                yield measured(chain.withModel(steps.add(step, name, title, seed, chain.target())), name, seed);
            }
            case Interpolate _, Inspection _ ->
                throw new IllegalArgumentException(settings.method() + " leaves the models as they are");
        };
    }

    private ModelChain trained(
            FineTune settings,
            @Nullable LanguageAlignment alignment,
            String name,
            String title,
            ModelChain chain,
            long seed) {
        StepKey model = null;
        for (StepSpec phase : trainings.of(settings, alignment, chain.origin(), spec.encoder(), seed, null)) {
            String verb = phase instanceof SemanticAlignmentStep ? "align " : "";
            model = steps.add(phase, name, verb + title, seed, chain.target());
        }
        return measured(chain.withModel(requireNonNull(model)), name, seed);
    }

    /// Adds the measuring of the chain's model.
    private ModelChain measured(ModelChain chain, String name, long seed) {
        List<String> languages =
                chain.languages(resolved.measuredLanguages(), spec.common().source());
        if (languages.isEmpty()) return chain;
        StepKey model = requireNonNull(chain.model());
        String title = "evaluate " + name + chain.suffix() + " seed " + seed;
        StepKey scores =
                steps.add(resolved.evaluation(model, languages, spec.encoder()), name, title, seed, chain.target());
        List<String> targets = languages.stream()
                .filter(language -> !language.equals(spec.common().source()))
                .toList();
        if (!targets.isEmpty()) measuredModels.add(new AnalysedModel(name, model, scores, targets));
        return chain;
    }

    /// Adds, for each stage and each target that has models of its own, the models of all seeds as one.
    private void ensembles() {
        Map<List<String>, List<PlannedStep>> groups = new LinkedHashMap<>();
        for (PlannedStep step : steps.steps())
            if (step.spec() instanceof EvaluateStep)
                groups.computeIfAbsent(
                                step.target() == null ? List.of(step.stage()) : List.of(step.stage(), step.target()),
                                _ -> new ArrayList<>())
                        .add(step);
        groups.forEach((group, evaluations) -> {
            EvaluateStep first = (EvaluateStep) evaluations.getFirst().spec();
            steps.add(
                    new EnsembleStep(
                            Revisions.ENSEMBLE,
                            evaluations.stream().map(PlannedStep::key).toList(),
                            first.task(),
                            first.data(),
                            first.languages(),
                            first.splits()),
                    group.getFirst() + "-ensemble",
                    "ensemble of " + String.join(" ", group),
                    null,
                    evaluations.getFirst().target());
        });
    }

    /// Adds the step that looks at all models of the seed so far.
    private void inspect(Inspection settings, String name, long seed) {
        switch (settings) {
            case Analyse analyse -> analyse(analyse, name, seed);
            case Project project -> steps.add(projection(project, seed), name, name + " seed " + seed, seed);
        }
    }

    /// The encoder or model that a chain has come to.
    private ProjectedEncoder projected(ModelChain chain, String stage) {
        List<String> targets = SpecResolver.sorted(spec.common().targets());
        return new ProjectedEncoder(
                stage,
                chain.target(),
                chain.origin(),
                chain.languages(targets, spec.common().source()));
    }

    private ProjectStep projection(Project settings, long seed) {
        if (stageNames(spec.stages()).contains(START))
            throw new InvalidInput(
                    "spec.stages: a stage is called %s, and so does project call what all start from. Give"
                                    .formatted(START)
                            + " the stage another name.");
        List<ProjectedEncoder> encoders = encodersSoFar.stream()
                .map(each -> new ProjectedEncoder(
                        each.stage(), each.target(), each.encoder(), settings.shownOf(each.languages())))
                .toList();
        List<String> languages = SpecResolver.sorted(
                encoders.stream().flatMap(each -> each.languages().stream()).toList(),
                spec.common().source());
        return new ProjectStep(
                Revisions.PROJECT,
                encoders,
                spec.common().task().type(),
                resolved.data(languages, List.of(settings.split())),
                spec.common().source(),
                settings.resolved(),
                settings.readsDictionary() ? resolved.dictionary(settings.method()) : null,
                spec.encoder().maxLength(),
                spec.encoder().precision(),
                settings.show() == Project.Show.Copies ? seed : null);
    }

    private void analyse(Analyse settings, String name, long seed) {
        if (measuredModels.isEmpty())
            throw new InvalidInput(
                    "spec.stages: %s finds no model that is measured on a target. Put it after the stages that it looks at."
                            .formatted(name));
        steps.add(analysis(settings), name, name + " seed " + seed, seed);
    }

    private AnalyseStep analysis(Analyse settings) {
        List<String> languages = SpecResolver.sorted(measuredModels.stream()
                .flatMap(model -> model.languages().stream())
                .toList());
        List<String> splits = SpecResolver.sorted(
                settings.splits() != null
                        ? settings.splits()
                        : spec.common().evaluate().splits());
        return new AnalyseStep(
                Revisions.ANALYSE,
                List.copyOf(measuredModels),
                resolved.task(),
                resolved.data(
                        SpecResolver.sorted(languages, spec.common().source()), SpecResolver.sorted(splits, "train")),
                spec.common().source(),
                languages,
                splits,
                settings.maxExamples(),
                spec.encoder().maxLength(),
                spec.encoder().precision(),
                settings.kernelMmd(),
                settings.linearCka());
    }
}
