package dev.isogloss.plan;

import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.step.InputLocations;
import dev.isogloss.plan.step.SeedEvaluations;
import dev.isogloss.plan.step.StepKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The table that the steps of a benchmark are for: its lines, and which steps each number comes from.
///
/// @param split     of the table
/// @param baseline  that the other systems are compared with; null where none is
/// @param alpha     below which a p has a star
/// @param adjusted  whether p is adjusted for the number of comparisons, by Holm's rule
/// @param locations of what the steps read
public record BenchmarkOutline(
        Metric metric,
        String split,
        @Nullable String baseline,
        double alpha,
        boolean adjusted,
        List<SystemOutline> systems,
        InputLocations locations) {
    public BenchmarkOutline {
        systems = List.copyOf(systems);
    }

    /// A line of the table.
    ///
    /// @param candidates one, or those of a sweep
    /// @param choice     the step that chooses one of them; null where there is one
    /// @param comparison with the baseline; null for the baseline itself, and where there is none
    /// @param compared   the languages of that comparison, and `average` last where it has one
    public record SystemOutline(
            String name,
            List<CandidateOutline> candidates,
            @Nullable StepKey choice,
            @Nullable StepKey comparison,
            List<String> compared) {
        public SystemOutline {
            candidates = List.copyOf(candidates);
            compared = List.copyOf(compared);
        }

        /// The name of a candidate, with which the titles and stages of its own steps begin.
        public String title(CandidateOutline candidate) {
            return title(name, candidate.label());
        }

        /// @param label of the candidate; empty for a single one
        public static String title(String system, String label) {
            return label.isEmpty() ? system : "%s (%s)".formatted(system, label);
        }

        /// All that the line is made from, also what other systems share.
        public Set<StepKey> steps() {
            Set<StepKey> steps = new LinkedHashSet<>();
            for (CandidateOutline candidate : candidates) steps.addAll(candidate.steps());
            if (choice != null) steps.add(choice);
            if (comparison != null) steps.add(comparison);
            return steps;
        }
    }

    /// What a line is read from.
    ///
    /// @param label    what sets it apart from other candidates; empty for a single one
    /// @param source   the language that is no target
    /// @param languages that its last models are measured on
    /// @param measured the evaluations of its last models, by seed
    /// @param steps    all that it needs, and what it is chosen by
    public record CandidateOutline(
            String label, String source, List<String> languages, List<SeedEvaluations> measured, List<StepKey> steps) {
        public CandidateOutline {
            languages = List.copyOf(languages);
            measured = List.copyOf(measured);
            steps = List.copyOf(steps);
        }

        /// The languages without the source, sorted.
        public SortedSet<String> targets() {
            SortedSet<String> targets = new TreeSet<>(languages);
            targets.remove(source);
            return targets;
        }
    }
}
