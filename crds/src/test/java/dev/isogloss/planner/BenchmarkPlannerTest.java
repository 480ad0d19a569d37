package dev.isogloss.planner;

import static dev.isogloss.planner.TestBenchmarks.TABLE;
import static dev.isogloss.planner.TestBenchmarks.edited;
import static dev.isogloss.planner.TestBenchmarks.outline;
import static dev.isogloss.planner.TestBenchmarks.plan;
import static dev.isogloss.planner.TestBenchmarks.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.manifest.Manifest.CoTrainingRunManifest;
import dev.isogloss.manifest.Manifest.TransferExperimentManifest;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.BenchmarkOutline.CandidateOutline;
import dev.isogloss.plan.BenchmarkOutline.SystemOutline;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.ChooseCandidateStep;
import dev.isogloss.plan.step.CompareStep;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.SeedEvaluations;
import dev.isogloss.plan.step.StepKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The plan of a benchmark beside those of its systems.
class BenchmarkPlannerTest {
    private static final String HEAD = """
            apiVersion: isogloss.dev/v1alpha1
            kind: %s
            metadata: {name: alone}
            spec:
              task: {type: SequenceClassification}
              data: {name: toy, location: {claim: datasets, path: "{language}/{split}.jsonl"}}
              source: en
              targets: [de, fr]
              seeds: [1, 2]
            """;

    private static final String ENCODER = "  encoder: {location: {uri: \"hf://xlm-roberta-base\"}, maxLength: 64}\n";

    private static List<StepKey> keys(Plan plan) {
        return plan.steps().stream().map(PlannedStep::key).toList();
    }

    private static Plan alone(String kind, String rest) {
        return switch (ManifestReader.read("alone.yaml", HEAD.formatted(kind) + rest)
                .getFirst()) {
            case TransferExperimentManifest experiment -> Planner.plan("alone", experiment.spec());
            case CoTrainingRunManifest run -> Planner.plan("alone", run.spec());
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static SystemOutline system(Plan plan, String name) {
        return outline(plan).systems().stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_steps_of_a_system_have_the_keys_that_they_have_alone() {
        Plan table = plan();

        assertThat(system(table, "zero-shot").candidates().getFirst().steps())
                .isEqualTo(keys(alone("TransferExperiment", ENCODER + "  stages: [{fineTune: {epochs: 2}}]\n")));
        assertThat(system(table, "iwda").candidates().getLast().steps())
                .startsWith(keys(alone(
                                "TransferExperiment",
                                ENCODER
                                        + "  stages: [{fineTune: {epochs: 2}}, {iwda: {epochs: 3, lambdaAlign: 1e-2}}]\n"))
                        .toArray(StepKey[]::new));
        assertThat(system(table, "co").candidates().getFirst().steps())
                .isEqualTo(keys(alone(
                        "CoTrainingRun",
                        TABLE.substring(TABLE.indexOf("      models:"), TABLE.indexOf("    - name: labse"))
                                .indent(-4))));
        assertThat(system(table, "labse").candidates().getFirst().steps())
                .isEqualTo(keys(alone(
                        "TransferExperiment",
                        ENCODER.replace("xlm-roberta-base", "sentence-transformers/LaBSE")
                                + "  stages: [{fineTune: {epochs: 2}}]\n")));
    }

    @Test
    void equal_work_is_planned_once_and_a_step_of_one_system_bears_its_name() {
        Plan table = plan();
        Set<StepKey> union = outline(table).systems().stream()
                .flatMap(system -> system.candidates().stream())
                .flatMap(candidate -> candidate.steps().stream())
                .collect(Collectors.toSet());

        assertThat(keys(table)).doesNotHaveDuplicates().containsAll(union);
        assertThat(table.steps())
                .extracting(PlannedStep::title)
                .contains(
                        "fineTune en seed 1",
                        "iwda (lambdaAlign=0.001): iwda de seed 1",
                        "labse: fineTune en seed 2",
                        "co: train emb round 1 seed 1",
                        "choose iwda",
                        "compare iwda with zero-shot");
    }

    @Test
    void a_choice_reads_every_candidate_on_the_source_s_dev_split() {
        Plan table = plan();
        ChooseCandidateStep choose = (ChooseCandidateStep)
                table.step(system(table, "iwda").choice()).orElseThrow().spec();

        assertThat(choose.split()).isEqualTo("dev");
        assertThat(choose.languages()).containsExactly("en");
        assertThat(choose.candidates()).hasSize(2).allSatisfy(evaluations -> assertThat(evaluations)
                .hasSize(2 * 2)
                .allSatisfy(key -> {
                    EvaluateStep further =
                            (EvaluateStep) table.step(key).orElseThrow().spec();
                    assertThat(further.splits()).containsExactly("dev");
                    assertThat(further.languages()).containsExactly("en");
                }));
    }

    @Test
    void what_a_candidate_is_chosen_by_is_among_the_steps_of_its_line() {
        Plan table = plan();
        ChooseCandidateStep choose = (ChooseCandidateStep)
                table.step(system(table, "iwda").choice()).orElseThrow().spec();

        for (int i = 0; i < 2; i++)
            assertThat(system(table, "iwda").candidates().get(i).steps())
                    .containsAll(choose.candidates().get(i))
                    .doesNotHaveDuplicates();
    }

    @Test
    void the_mistakes_of_all_systems_are_told_together() {
        String text = edited("{name: zero-shot, stages", "{name: zero-shot, stage: nope, stages")
                .replace("{name: iwda, stages", "{name: iwda, stage: neither, stages");

        assertThatThrownBy(() -> Planner.plan("table", spec(text))).hasMessage("""
                        spec.systems[name=zero-shot]: stage is nope, which is not measured; write one of fineTune.
                        spec.systems[name=iwda]: stage is neither, which is not measured; write one of fineTune, iwda.""");
    }

    @Test
    void a_choice_reads_what_is_measured_anyway() {
        Plan table = plan("seeds: [1, 2]", "seeds: [1, 2]\n    evaluate: {splits: [dev, test]}");
        ChooseCandidateStep choose = (ChooseCandidateStep)
                table.step(system(table, "iwda").choice()).orElseThrow().spec();

        List<CandidateOutline> candidates = system(table, "iwda").candidates();
        for (int i = 0; i < 2; i++)
            assertThat(choose.candidates().get(i))
                    .isEqualTo(candidates.get(i).measured().stream()
                            .flatMap(seed -> seed.evaluations().stream())
                            .toList());
    }

    @Test
    void a_choice_by_targets_asks_each_model_about_its_own() {
        Plan table = plan("0.01]}}", "0.01]}, by: {languages: [de, fr]}}");
        ChooseCandidateStep choose = (ChooseCandidateStep)
                table.step(system(table, "iwda").choice()).orElseThrow().spec();

        assertThat(choose.candidates().getFirst())
                .extracting(key -> ((EvaluateStep) table.step(key).orElseThrow().spec()).languages())
                .containsExactlyInAnyOrder(List.of("de"), List.of("fr"), List.of("de"), List.of("fr"));
    }

    @Test
    void a_comparison_reads_both_sides_by_seed_and_the_choice() {
        Plan table = plan();
        CompareStep compare = (CompareStep)
                table.step(system(table, "iwda").comparison()).orElseThrow().spec();

        assertThat(compare.languages()).containsExactly("de", "fr");
        assertThat(compare.averaged()).containsExactly("de", "fr");
        assertThat(compare.baseline().candidates()).singleElement().satisfies(seeds -> assertThat(seeds)
                .extracting(SeedEvaluations::seed)
                .containsExactly(1L, 2L));
        assertThat(compare.system().candidates()).hasSize(2);
        assertThat(compare.system().choice()).isEqualTo(system(table, "iwda").choice());
        assertThat(system(table, "zero-shot").comparison()).isNull();
        assertThat(system(table, "iwda").compared()).containsExactly("de", "fr", "average");
    }

    @Test
    void another_seed_adds_steps_and_keeps_the_others() {
        List<StepKey> before = new ArrayList<>(keys(plan()));
        List<StepKey> grown = keys(plan("seeds: [1, 2]", "seeds: [1, 2, 3]"));

        before.removeAll(grown);
        assertThat(before)
                .as("only choices and comparisons, which read the new seed as well")
                .hasSize(1 + 3);
    }

    @Test
    void a_stage_or_a_model_may_stand_for_a_system() {
        Plan first = plan(
                "sweep: {system: iwda, over: {\"stages[1].iwda.lambdaAlign\": [1e-3, 0.01]}}\n  ",
                "",
                "{name: iwda, stages",
                "{name: iwda, stage: fineTune, stages",
                "name: co\n",
                "name: co\n      stage: lm\n");

        assertThat(evaluated(first, "iwda")).isEqualTo(evaluated(first, "zero-shot"));
        assertThat(titles(first, "co")).allMatch(title -> title.contains(" lm "));
        assertThat(titles(plan(), "co")).allMatch(title -> title.contains(" emb "));
    }

    /// A run with one seed whose three models begin from weights of their own.
    private static final String TRI = """
                - name: tri
                  stage: models
                  seeds: [1]
                  models:
                    - {name: a, encoder: {location: {uri: "hf://xlm-roberta-base"}}, fineTune: {epochs: 2}}
                    - {name: b, seed: 1, encoder: {location: {uri: "hf://xlm-roberta-base"}}, fineTune: {epochs: 2}}
                    - {name: c, seed: 5, encoder: {location: {uri: "hf://xlm-roberta-base"}}, fineTune: {epochs: 2}}
                  strategy: {triTraining: {rounds: 1}}
            """;

    @Test
    void the_models_of_a_tri_training_stand_for_it_as_seeds_of_their_own() {
        Plan plan = plan("  sweep: {", TRI + "  sweep: {");

        assertThat(system(plan, "tri").candidates().getFirst().measured())
                .extracting(SeedEvaluations::seed)
                .containsExactly(1L, 2L, 6L);
        assertThat(titles(plan, "tri")).hasSize(6).allMatch(title -> title.contains("round 1"));
        assertThat(compared(plan, "tri")).containsExactly("de", "fr", "average");
    }

    @Test
    void an_ensemble_of_all_seeds_has_a_line_and_no_comparison() {
        String ensemble = """
                    - name: ensemble
                      stage: fineTune-ensemble
                      stages: [{fineTune: {epochs: 2}}]
                      evaluate: {ensemble: true}
                """;
        Plan plan = plan("  sweep: {", ensemble + "  sweep: {");

        assertThat(titles(plan, "ensemble")).containsExactly("ensemble: ensemble of fineTune");
        assertThat(system(plan, "ensemble").comparison()).isNull();
        assertThat(system(plan, "labse").comparison()).isNotNull();
    }

    private static List<StepKey> evaluated(Plan plan, String system) {
        return system(plan, system).candidates().getFirst().measured().stream()
                .flatMap(seed -> seed.evaluations().stream())
                .toList();
    }

    private static List<String> titles(Plan plan, String system) {
        return evaluated(plan, system).stream()
                .map(key -> plan.step(key).orElseThrow().title())
                .toList();
    }

    /// `iwda` trains a model for each target: none of them stands for the others in the source.
    @Test
    void a_language_that_several_models_of_a_seed_are_measured_on_is_not_compared() {
        Plan plan = TestBenchmarks.plan();

        assertThat(compared(plan, "labse")).containsExactly("de", "en", "fr", "average");
        assertThat(compared(plan, "iwda")).containsExactly("de", "fr", "average");
    }

    private static List<String> compared(Plan plan, String system) {
        return TestBenchmarks.outline(plan).systems().stream()
                .filter(each -> each.name().equals(system))
                .findFirst()
                .orElseThrow()
                .compared();
    }

    /// What a step reads stands in its JSON, which an API server bounds.
    @Test
    void a_step_that_would_read_too_many_evaluations_is_refused_with_what_makes_them_fewer() {
        String seeds = IntStream.rangeClosed(1, 64)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", ", "seeds: [", "]"));
        String swept = "over: {\"stages[1].iwda.lambdaAlign\": [1e-3, 0.01, 0.1, 1, 2, 3, 4]";
        String over = "over: {\"stages[1].iwda.lambdaAlign\": [1e-3, 0.01]";

        assertThatThrownBy(() -> plan("seeds: [1, 2]", seeds, over, swept))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("spec.sweep: the candidates of iwda have 896 evaluations; one step can read 800."
                        + " Give fewer values.");
        String fewer = swept.replace(", 4]", "]");
        assertThatThrownBy(() -> plan("seeds: [1, 2]", seeds, over, fewer))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("spec.systems[name=iwda] and the baseline zero-shot have 832 evaluations; one step can read"
                        + " 800. Give fewer seeds, targets of models of their own, or values of a sweep.");
    }

    @Test
    void settings_of_the_benchmark_move_no_key() {
        assertThat(
                        keys(
                                plan(
                                        "comparison: {baseline: zero-shot}",
                                        "comparison: {baseline: zero-shot, alpha: 0.1, correction: None}\n  runtime: {parallelism: 9}\n  suspend: true")))
                .isEqualTo(keys(plan()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                baseline: zero-shot      | baseline: zero-shot, metric: SpanF1 | spec.comparison.metric is SpanF1, which SequenceClassification, the task of zero-shot, does not have. It has [Accuracy, MacroF1].
                baseline: zero-shot      | baseline: zero-shot, split: dev     | spec.systems[name=zero-shot] is not measured on the split dev of the table. Add it to evaluate.splits, or name another under comparison.split.
                '0.01]}}'                | '0.01]}, by: {languages: [zh]}}'    | spec.sweep.by.languages has zh, which is neither source nor target. Choose from [de, en, fr].
                '0.01]}}'                | '0.01]}, by: {metric: SpanF1}}'     | spec.sweep.by.metric is SpanF1, which SequenceClassification does not have. Choose one of [Accuracy, MacroF1].
                'name: labse'            | 'name: labse, seeds: [7]'           | spec.systems[name=labse] shares no seed with the baseline zero-shot. Give both the same seeds.
                '{name: iwda, stages'    | '{name: iwda, stage: fineTune, stages' | spec.sweep: candidates of iwda have the same models at the stage that stands for it. Sweep a field
                'name: co'               | 'name: co, stage: models'           | spec.systems[name=co]: stage is models, which is not measured; write one of
                'name: co'               | 'name: co, evaluate: {otherTargets: true}' | spec.systems[name=co].evaluate.otherTargets measures models on targets that they are not for, and a table has one number for each.
                'name: co'               | 'name: co, stage: lstm'             | spec.systems[name=co]: stage is lstm, which is not measured; write one of
                'name: labse'            | 'name: labse, data: {location: {claim: others, path: "{language}/{split}.jsonl"}}' | spec.systems[name=labse] reads data from another place than zero-shot. What the name toy and the version 1 stand for lies in one place: give what is other a name or a version of its own.
                """)
    void what_cannot_be_planned_is_refused_with_a_sentence(String replaced, String by, String sentence) {
        String text = edited(replaced, by.replace(", ", replaced.startsWith("name:") ? "\n      " : ", "));
        if (by.contains("claim: others")) text = edited(replaced, by.replaceFirst(", ", "\n      "));

        String whole = text;
        assertThatThrownBy(() -> Planner.plan("table", spec(whole)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(sentence);
    }
}
