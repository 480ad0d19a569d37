package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.benchmark.ComparisonSettings;
import dev.isogloss.api.benchmark.Correction;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.api.experiment.ExperimentSettings;
import dev.isogloss.api.task.Metric;
import dev.isogloss.manifest.Benchmarks;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferBenchmarkManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ResolvedSystem;
import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.BenchmarkOutline.CandidateOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ChooseCandidateStep;
import dev.isogloss.plan.step.CompareStep;
import dev.isogloss.plan.step.ComparedSide;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.SeedEvaluations;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The plan of a benchmark: those of its systems together, then what chooses between the candidates of a sweep, and
/// what compares each system with the baseline.
final class BenchmarkPlanner {
    /// What `isogloss compare` does unless it is told otherwise.
    private static final int RESAMPLES = 10_000;

    private static final long SEED = 1;

    /// Keys that one step may read: its JSON has 64 KiB.
    private static final int MOST_EVALUATIONS = 800;

    private final String name;
    private final TransferBenchmarkSpec spec;
    private final List<PlannedSystem> systems;
    private final SystemSteps steps = new SystemSteps();

    private record PlannedCandidate(ResolvedSystem.Candidate resolved, FinalModels models) {
        ExperimentSettings common() {
            return settings(resolved.manifest());
        }
    }

    private record PlannedSystem(String name, List<PlannedCandidate> candidates) {
        PlannedCandidate first() {
            return candidates.getFirst();
        }
    }

    BenchmarkPlanner(String name, TransferBenchmarkSpec spec) {
        this.name = name;
        this.spec = spec;
        this.systems = Benchmarks.of(name, spec).stream()
                .map(system -> within(system.name(), () -> planned(system)))
                .toList();
    }

    private PlannedSystem planned(ResolvedSystem system) {
        return new PlannedSystem(
                system.name(),
                system.candidates().stream()
                        .map(candidate -> new PlannedCandidate(
                                candidate,
                                FinalModels.of(plan(candidate.manifest()), candidate.manifest(), system.stage())))
                        .toList());
    }

    private Plan plan(Manifest manifest) {
        return switch (manifest) {
            case TransferExperimentManifest experiment -> Planner.plan(name, experiment.spec());
            case CoTrainingRunManifest run -> Planner.plan(name, run.spec());
            case TransferBenchmarkManifest _ -> throw new IllegalArgumentException("a benchmark in a benchmark");
        };
    }

    private static ExperimentSettings settings(Manifest manifest) {
        return switch (manifest) {
            case TransferExperimentManifest experiment -> experiment.spec().common();
            case CoTrainingRunManifest run -> run.spec().common();
            case TransferBenchmarkManifest _ -> throw new IllegalArgumentException("a benchmark in a benchmark");
        };
    }

    /// Names the system in what is wrong with it.
    private static <T> T within(String system, Supplier<T> part) {
        try {
            return part.get();
        } catch (InvalidInput invalid) {
            throw new InvalidInput("spec.systems[name=%s]: %s".formatted(system, invalid.getMessage()), invalid);
        }
    }

    Plan plan() {
        Metric metric = metric();
        List<SystemOutline> outlines = new ArrayList<>();
        for (PlannedSystem system : systems) {
            requireMeasured(system);
            for (PlannedCandidate candidate : system.candidates())
                steps.addAll(title(system, candidate), candidate.models().plan());
        }
        for (PlannedSystem system : systems)
            outlines.add(new SystemOutline(system.name(), candidates(system), choice(system, metric), null, List.of()));
        List<SystemOutline> compared = outlines.stream()
                .map(outline -> compared(outline, outlines, metric))
                .toList();
        ComparisonSettings settings = spec.comparison();
        BenchmarkOutline outline = new BenchmarkOutline(
                metric,
                settings.split(),
                settings.baseline(),
                settings.alpha(),
                settings.correction() == Correction.Holm,
                compared,
                locations());
        return new Plan(name, steps.all(), outline);
    }

    private static String title(PlannedSystem system, PlannedCandidate candidate) {
        String label = candidate.resolved().label();
        return label.isEmpty() ? system.name() : "%s (%s)".formatted(system.name(), label);
    }

    private Metric metric() {
        Metric metric = Objects.requireNonNullElseGet(spec.comparison().metric(), () -> systems.getFirst()
                .first()
                .common()
                .task()
                .type()
                .metrics()
                .getFirst());
        for (PlannedSystem system : systems) {
            List<Metric> known = system.first().common().task().type().metrics();
            if (!known.contains(metric))
                throw new InvalidInput(
                        "spec.comparison.metric is %s, which %s, the task of %s, does not have. It has %s."
                                .formatted(
                                        metric, system.first().common().task().type(), system.name(), known));
        }
        return metric;
    }

    private void requireMeasured(PlannedSystem system) {
        if (system.first().common().evaluate().otherTargets())
            throw new InvalidInput(
                    ("spec.systems[name=%s].evaluate.otherTargets measures models on targets that they are not"
                                    + " for, and a table has one number for each. Leave it out, and measure them in a run of their own.")
                            .formatted(system.name()));
        String split = spec.comparison().split();
        for (PlannedCandidate candidate : system.candidates())
            if (!candidate.models().splits().contains(split))
                throw new InvalidInput(("spec.systems[name=%s] is not measured on the split %s of the table. Add it to"
                                + " evaluate.splits, or name another under comparison.split.")
                        .formatted(system.name(), split));
    }

    private static List<CandidateOutline> candidates(PlannedSystem system) {
        return system.candidates().stream()
                .map(candidate -> new CandidateOutline(
                        candidate.resolved().label(),
                        candidate.common().source(),
                        List.copyOf(candidate.models().languages()),
                        candidate.models().bySeed(),
                        candidate.models().plan().steps().stream()
                                .map(PlannedStep::key)
                                .toList()))
                .toList();
    }

    private @Nullable StepKey choice(PlannedSystem system, Metric metric) {
        if (system.candidates().size() == 1) return null;
        List<List<StepKey>> evaluations = new ArrayList<>();
        SweepChoice criterion = SweepChoice.of(
                Objects.requireNonNull(spec.sweep()).by(),
                metric,
                system.first().common());
        for (PlannedCandidate candidate : system.candidates())
            evaluations.add(criterion.evaluations(
                    candidate.models(),
                    candidate.common(),
                    (step, further) -> steps.add(
                            further,
                            "%s: %s on %s".formatted(title(system, candidate), step.title(), criterion.split()),
                            step.seed())));
        if (evaluations.stream().distinct().count() < evaluations.size())
            throw new InvalidInput(
                    ("spec.sweep: candidates of %s have the same models at the stage that stands for it. Sweep a field"
                                    + " that these are made by, or let a later stage stand for the system.")
                            .formatted(system.name()));
        requireFew(system, evaluations.stream().mapToInt(List::size).sum());
        return steps.add(
                new ChooseCandidateStep(
                        Revisions.CHOOSE_CANDIDATE,
                        evaluations,
                        criterion.metric(),
                        criterion.split(),
                        criterion.languages()),
                "choose " + system.name(),
                null);
    }

    private static void requireFew(PlannedSystem system, int evaluations) {
        if (evaluations > MOST_EVALUATIONS)
            throw new InvalidInput(
                    "spec.sweep: the candidates of %s have %,d evaluations; one step can read %,d. Give fewer values."
                            .formatted(system.name(), evaluations, MOST_EVALUATIONS));
    }

    /// The outline with the comparison of its system, where there is one.
    private SystemOutline compared(SystemOutline outline, List<SystemOutline> all, Metric metric) {
        String baseline = spec.comparison().baseline();
        if (baseline == null || baseline.equals(outline.name())) return outline;
        PlannedSystem own = system(outline.name());
        PlannedSystem other = system(baseline);
        SystemOutline with = all.stream()
                .filter(each -> each.name().equals(baseline))
                .findFirst()
                .orElseThrow();
        // an ensemble of all seeds has none that it could be paired by
        if (own.first().models().isOfAllSeeds() && !other.first().models().isOfAllSeeds()) return outline;
        requireSharedSeed(own, other);
        Set<String> languages = new TreeSet<>(own.first().models().languagesOfOneModel());
        languages.retainAll(other.first().models().languagesOfOneModel());
        if (languages.isEmpty())
            throw new InvalidInput(
                    "spec.systems[name=%s] shares no measured language with the baseline %s. Give both the"
                                    .formatted(own.name(), baseline)
                            + " same targets.");
        List<String> averaged = averaged(own, other);
        requireFew(own, evaluations(outline) + evaluations(with));
        StepKey key = steps.add(
                new CompareStep(
                        Revisions.COMPARE,
                        side(with),
                        side(outline),
                        metric,
                        spec.comparison().split(),
                        List.copyOf(languages),
                        averaged,
                        RESAMPLES,
                        SEED),
                "compare %s with %s".formatted(own.name(), baseline),
                null);
        List<String> compared = new ArrayList<>(languages);
        if (!averaged.isEmpty()) compared.add(SystemSteps.AVERAGE);
        return new SystemOutline(outline.name(), outline.candidates(), outline.choice(), key, compared);
    }

    private PlannedSystem system(String wanted) {
        return systems.stream()
                .filter(system -> system.name().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidInput("spec.comparison.baseline is %s, which is no system.".formatted(wanted)));
    }

    private static int evaluations(SystemOutline outline) {
        return outline.candidates().stream()
                .flatMap(candidate -> candidate.measured().stream())
                .mapToInt(seed -> seed.evaluations().size())
                .sum();
    }

    private static ComparedSide side(SystemOutline outline) {
        return new ComparedSide(
                outline.candidates().stream().map(CandidateOutline::measured).toList(), outline.choice());
    }

    private static void requireSharedSeed(PlannedSystem own, PlannedSystem other) {
        Set<Long> seeds = seeds(own);
        seeds.retainAll(seeds(other));
        if (seeds.isEmpty())
            throw new InvalidInput(
                    "spec.systems[name=%s] shares no seed with the baseline %s. Give both the same seeds."
                            .formatted(own.name(), other.name()));
    }

    private static Set<Long> seeds(PlannedSystem system) {
        Set<Long> seeds = new TreeSet<>();
        for (SeedEvaluations seed : system.first().models().bySeed()) seeds.add(seed.seed());
        return seeds;
    }

    /// Averages over other targets are not held against each other.
    private static List<String> averaged(PlannedSystem own, PlannedSystem other) {
        Set<String> targets = targets(own);
        return targets.size() > 1 && targets.equals(targets(other)) ? List.copyOf(targets) : List.of();
    }

    private static Set<String> targets(PlannedSystem system) {
        Set<String> targets = new TreeSet<>(system.first().models().languages());
        targets.remove(system.first().common().source());
        return targets;
    }

    private InputLocations locations() {
        SharedLocations shared = new SharedLocations();
        for (PlannedSystem system : systems)
            for (PlannedCandidate candidate : system.candidates())
                shared.add(system.name(), candidate.models().plan(), within(system.name(), () -> switch (candidate
                        .resolved()
                        .manifest()) {
                    case TransferExperimentManifest experiment -> Planner.locations(experiment.spec());
                    case CoTrainingRunManifest run -> Planner.locations(run.spec());
                    case TransferBenchmarkManifest _ ->
                        throw new IllegalArgumentException("a benchmark in a benchmark");
                }));
        return shared.locations();
    }
}
