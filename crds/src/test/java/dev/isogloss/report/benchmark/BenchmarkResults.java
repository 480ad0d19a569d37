package dev.isogloss.report.benchmark;

import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.BenchmarkOutline;
import dev.isogloss.plan.BenchmarkOutline.CandidateOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.SeedEvaluations;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.TestBenchmarks;
import dev.isogloss.result.Fact;
import dev.isogloss.result.Facts;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Results of a small benchmark's steps, made up one by one.
final class BenchmarkResults {
    private static final Provenance NOWHERE = new Provenance(Instant.EPOCH, Instant.EPOCH, Map.of(), "", 0, Map.of());

    final Plan plan;
    final BenchmarkOutline outline;
    private final Map<StepKey, StepResult> results = new HashMap<>();

    BenchmarkResults(String... edits) {
        plan = TestBenchmarks.plan(edits);
        outline = TestBenchmarks.outline(plan);
    }

    /// Every step without a result of its own is done, and says nothing.
    BenchmarkResults done() {
        for (PlannedStep step : plan.steps())
            results.putIfAbsent(step.key(), result(step.key(), List.of(), Facts.NONE));
        return this;
    }

    SystemOutline system(String name) {
        return outline.systems().stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// The models of a system, all candidates of it: of seed s the score, plus s hundredths, plus the language's.
    BenchmarkResults scores(String system, double score, Map<String, Double> languages) {
        for (CandidateOutline candidate : system(system).candidates())
            for (SeedEvaluations seed : candidate.measured())
                for (StepKey key : seed.evaluations()) {
                    EvaluateStep step =
                            (EvaluateStep) plan.step(key).orElseThrow().spec();
                    List<Score> scores = step.languages().stream()
                            .map(language -> new Score(
                                    language,
                                    "test",
                                    Metric.Accuracy,
                                    score + seed.seed() / 100.0 + Objects.requireNonNull(languages.get(language)),
                                    500))
                            .toList();
                    results.put(key, result(key, scores, Facts.NONE));
                }
        return this;
    }

    BenchmarkResults chosen(String system, int candidate) {
        StepKey key = Objects.requireNonNull(system(system).choice());
        results.put(key, result(key, List.of(), Facts.of(Fact.Choice, candidate)));
        return this;
    }

    /// @param probabilities by column
    BenchmarkResults compared(String system, double baseline, double score, Map<String, Double> probabilities) {
        StepKey key = Objects.requireNonNull(system(system).comparison());
        Facts facts = Facts.NONE;
        for (Map.Entry<String, Double> each : probabilities.entrySet())
            facts = facts.with(Fact.Difference, each.getKey(), score - baseline)
                    .with(Fact.Low, each.getKey(), score - baseline - 0.02)
                    .with(Fact.High, each.getKey(), score - baseline + 0.02)
                    .with(Fact.Probability, each.getKey(), each.getValue());
        results.put(key, result(key, List.of(), facts));
        return this;
    }

    private static StepResult result(StepKey key, List<Score> scores, Facts facts) {
        return new StepResult(key, "", scores, facts, NOWHERE);
    }

    Map<StepKey, StepResult> results() {
        return results;
    }

    BenchmarkTable table() {
        return BenchmarkTable.of(plan, results, Map.of());
    }

    BenchmarkTable.Line line(String system) {
        return line(table(), system);
    }

    static BenchmarkTable.Line line(BenchmarkTable table, String system) {
        return table.lines().stream()
                .filter(line -> line.system().equals(system))
                .findFirst()
                .orElseThrow();
    }
}
