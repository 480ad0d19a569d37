package dev.isogloss.trainer.cli;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Suggestion;
import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.report.PeerStages;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The steps that users name: by a stage as `results` has it, by the system of a benchmark, by a title, or by the first
/// digits of a key as `plan` has them.
final class AgainSteps {
    private static final String DIGITS = "[0-9a-f]{4,64}";

    private AgainSteps() {}

    /// @throws InvalidInput if a name is one of nothing in any of the plans, or the digits are those of several steps
    static Set<StepKey> of(List<Plan> plans, List<String> names) {
        Set<StepKey> steps = new HashSet<>();
        for (String name : names) {
            Set<StepKey> named = new HashSet<>();
            for (Plan plan : plans) named.addAll(named(plan, name));
            if (named.isEmpty()) named.addAll(byKey(plans, name));
            if (named.isEmpty()) throw unknown(plans, name);
            steps.addAll(named);
        }
        return steps;
    }

    private static Set<StepKey> named(Plan plan, String name) {
        Set<StepKey> named = new HashSet<>();
        List<String> members = PeerStages.of(plan).stages().getOrDefault(name, List.of());
        for (PlannedStep step : plan.steps())
            if (step.title().equals(name)
                    || step.stage().equals(name)
                    || ownStage(plan, step).equals(Optional.of(name))
                    || step.stages().contains(name)
                    || step.stages().stream().anyMatch(members::contains)) named.add(step.key());
        for (SystemOutline system : systems(plan)) if (system.name().equals(name)) named.addAll(system.steps());
        return named;
    }

    /// The stage in the system's own manifest: where a step is one system's alone, its stage bears that system's name.
    private static Optional<String> ownStage(Plan plan, PlannedStep step) {
        return systems(plan).stream()
                .flatMap(system -> system.candidates().stream().map(candidate -> system.title(candidate) + " "))
                .filter(step.stage()::startsWith)
                .max(Comparator.comparingInt(String::length))
                .map(system -> step.stage().substring(system.length()));
    }

    private static List<SystemOutline> systems(Plan plan) {
        BenchmarkOutline benchmark = plan.benchmark();
        return benchmark == null ? List.of() : benchmark.systems();
    }

    private static Set<StepKey> byKey(List<Plan> plans, String digits) {
        if (!digits.matches(DIGITS)) return Set.of();
        Set<StepKey> fitting = new TreeSet<>();
        for (Plan plan : plans)
            for (PlannedStep step : plan.steps()) if (step.key().hex().startsWith(digits)) fitting.add(step.key());
        if (fitting.size() > 1)
            throw new InvalidInput("--again %s: %d steps have keys that begin so; give more digits."
                    .formatted(digits, fitting.size()));
        return fitting;
    }

    private static InvalidInput unknown(List<Plan> plans, String name) {
        Set<String> stages = new TreeSet<>();
        Set<String> systems = new TreeSet<>();
        Set<String> titles = new TreeSet<>();
        for (Plan plan : plans) {
            stages.addAll(PeerStages.of(plan).stages().keySet());
            systems(plan).forEach(system -> systems.add(system.name()));
            for (PlannedStep step : plan.steps()) {
                ownStage(plan, step).ifPresentOrElse(stages::add, () -> step.stages().stream()
                        .filter(stage -> !stage.equals(step.title()))
                        .forEach(stages::add));
                titles.add(step.title());
            }
        }
        Set<String> all = new TreeSet<>(stages);
        all.addAll(systems);
        all.addAll(titles);
        String ofSystems = systems.isEmpty() ? "" : " Systems: %s.".formatted(Excerpt.joined(systems));
        String hint = Suggestion.hint(name, all);
        return new InvalidInput(
                ("--again \"%s\" names nothing of %s%s Stages: %s.%s Or write the title of a step, or the first digits of"
                                + " its key, as isogloss plan prints them.")
                        .formatted(
                                Excerpt.of(name),
                                Excerpt.joined(plans.stream().map(Plan::name).toList()),
                                hint.isEmpty() ? "." : hint,
                                Excerpt.joined(stages),
                                ofSystems));
    }
}
