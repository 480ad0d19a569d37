package dev.isogloss.planner;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.benchmark.ComparisonSettings;
import dev.isogloss.api.benchmark.Correction;
import dev.isogloss.api.benchmark.TransferBenchmarkSpec;
import dev.isogloss.api.task.Metric;
import dev.isogloss.manifest.Benchmarks;
import dev.isogloss.manifest.ResolvedSystem;
import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.BenchmarkOutline.CandidateOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ChooseCandidateStep;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.PlannedSystem.PlannedCandidate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The plan of a benchmark: those of its systems together, then what chooses between the candidates of a sweep, and
/// what compares each system with the baseline.
final class BenchmarkPlanner {
    private final String name;
    private final TransferBenchmarkSpec spec;
    private final List<PlannedSystem> systems;
    private final SystemSteps steps = new SystemSteps();

    BenchmarkPlanner(String name, TransferBenchmarkSpec spec) {
        this.name = name;
        this.spec = spec;
        this.systems = planned(name, Benchmarks.of(name, spec));
    }

    /// @throws InvalidInput with the mistakes of all systems, a line each
    private static List<PlannedSystem> planned(String benchmark, List<ResolvedSystem> resolved) {
        List<PlannedSystem> systems = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (ResolvedSystem system : resolved)
            try {
                systems.add(within(system.name(), () -> PlannedSystem.of(benchmark, system)));
            } catch (InvalidInput invalid) {
                mistakes.add(invalid.getMessage());
            }
        if (!mistakes.isEmpty()) throw new InvalidInput(String.join("\n", mistakes));
        return systems;
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
                steps.addAll(system.title(candidate), candidate.models().plan());
        }
        for (PlannedSystem system : systems) outlines.add(outline(system, metric));
        List<SystemOutline> compared = compared(outlines, metric);
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

    private SystemOutline outline(PlannedSystem system, Metric metric) {
        @Nullable ChooseCandidateStep choice = system.candidates().size() == 1 ? null : choice(system, metric);
        List<CandidateOutline> candidates = new ArrayList<>();
        for (PlannedCandidate candidate : system.candidates()) {
            Set<StepKey> needed = new LinkedHashSet<>();
            for (PlannedStep step : candidate.models().plan().steps()) needed.add(step.key());
            if (choice != null) needed.addAll(choice.candidates().get(candidates.size()));
            candidates.add(new CandidateOutline(
                    candidate.resolved().label(),
                    candidate.common().source(),
                    List.copyOf(candidate.models().languages()),
                    candidate.models().bySeed(),
                    List.copyOf(needed)));
        }
        @Nullable StepKey chooses = choice == null ? null : steps.add(choice, "choose " + system.name(), null);
        return new SystemOutline(system.name(), candidates, chooses, null, List.of());
    }

    private ChooseCandidateStep choice(PlannedSystem system, Metric metric) {
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
                            "%s: %s on %s".formatted(system.title(candidate), step.title(), criterion.split()),
                            step.seed())));
        if (evaluations.stream().distinct().count() < evaluations.size())
            throw new InvalidInput(
                    ("spec.sweep: candidates of %s have the same models at the stage that stands for it. Sweep a field"
                                    + " that these are made by, or let a later stage stand for the system.")
                            .formatted(system.name()));
        SystemSteps.requireFew(
                "spec.sweep: the candidates of " + system.name(),
                evaluations.stream().mapToInt(List::size).sum(),
                "values");
        return new ChooseCandidateStep(
                Revisions.CHOOSE_CANDIDATE, evaluations, criterion.metric(), criterion.split(), criterion.languages());
    }

    /// The outlines with the comparisons of their systems, where there is a baseline.
    private List<SystemOutline> compared(List<SystemOutline> outlines, Metric metric) {
        String name = spec.comparison().baseline();
        if (name == null) return outlines;
        int baseline = place(name);
        ComparisonSteps comparison = new ComparisonSteps(
                systems.get(baseline),
                outlines.get(baseline),
                metric,
                spec.comparison().split());
        List<SystemOutline> compared = new ArrayList<>();
        for (int i = 0; i < systems.size(); i++)
            compared.add(i == baseline ? outlines.get(i) : comparison.with(systems.get(i), outlines.get(i), steps));
        return compared;
    }

    private int place(String wanted) {
        for (int i = 0; i < systems.size(); i++) if (systems.get(i).name().equals(wanted)) return i;
        throw new InvalidInput("spec.comparison.baseline is %s, which is no system.".formatted(wanted));
    }

    private InputLocations locations() {
        SharedLocations shared = new SharedLocations();
        for (PlannedSystem system : systems)
            for (PlannedCandidate candidate : system.candidates())
                shared.add(system.name(), candidate.models().plan(), within(system.name(), candidate::locations));
        return shared.locations();
    }
}
