package dev.isogloss.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isogloss.api.task.Metric;
import dev.isogloss.manifest.Manifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.Planner;
import dev.isogloss.result.Facts;
import dev.isogloss.result.Provenance;
import dev.isogloss.result.Score;
import dev.isogloss.result.StepResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Summaries of stages that have a model for each target.
class TargetsTest {
    private static final Plan PLAN = Planner.plan(
            "lab",
            ((Manifest.TransferExperimentManifest)
                            ManifestReader.read("lab.yaml", """
                            apiVersion: isogloss.dev/v1alpha1
                            kind: TransferExperiment
                            metadata: {name: lab}
                            spec:
                              task: {type: SequenceClassification}
                              data: {name: toy, location: {generated: {}}}
                              encoder: {location: {uri: "hf://bert"}}
                              source: en
                              targets: [de, fr]
                              seeds: [1, 2]
                              stages: [{fineTune: {}}, {iwda: {}}]
                            """).getFirst())
                    .spec());

    /// The target scores 0.5 (de) or 0.3 (fr), the source 0.8 beside German and 0.6 beside French; a tenth more in seed
    /// 2.
    private static Map<StepKey, StepResult> results() {
        Map<StepKey, StepResult> results = new HashMap<>();
        for (PlannedStep step : PLAN.steps()) {
            String target = step.target();
            if (!(step.spec() instanceof EvaluateStep) || target == null) continue;
            double bonus = step.seed() != null && step.seed() == 2 ? 0.1 : 0;
            boolean german = target.equals("de");
            var scores = List.of(
                    new Score(target, "test", Metric.Accuracy, (german ? 0.5 : 0.3) + bonus, 10),
                    new Score("en", "test", Metric.Accuracy, german ? 0.8 : 0.6, 10));
            var provenance = new Provenance(Instant.EPOCH, Instant.EPOCH, Map.of(), "cpu", 1, Map.of());
            results.put(step.key(), new StepResult(step.key(), "Evaluate", scores, Facts.NONE, provenance));
        }
        return results;
    }

    @Test
    void the_source_counts_once_a_seed_with_the_mean_over_the_targets_models() {
        SummaryRow source = Summary.of(PLAN, results()).rows().getFirst();

        assertThat(source.language()).isEqualTo("en");
        assertThat(source.mean()).isCloseTo(0.7, within(1e-12));
        assertThat(source.n()).isEqualTo(2);
    }

    @Test
    void the_average_joins_the_models_of_one_seed() {
        SummaryRow average = Summary.of(PLAN, results()).rows().getLast();

        assertThat(average.language()).isEqualTo("average");
        assertThat(average.mean()).isCloseTo(0.45, within(1e-12));
        assertThat(average.n()).isEqualTo(2);
    }

    @Test
    void there_is_no_average_of_a_seed_whose_targets_are_not_all_measured() {
        Map<StepKey, StepResult> some = results();
        some.keySet().remove(PLAN.steps().getLast().key());

        SummaryRow average = Summary.of(PLAN, some).rows().getLast();

        assertThat(average.language()).isEqualTo("average");
        assertThat(average.n()).isEqualTo(1);
    }
}
