package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.SelectPseudoLabelsStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FollowUpsTest {

    private static List<String> kinds(List<PlannedStep> steps) {
        return steps.stream().map(step -> step.spec().kind()).toList();
    }

    /// Steps and pods of all the plans of a file.
    private static List<Integer> stepsAndPods(String file) {
        Set<StepKey> steps = new HashSet<>();
        Set<StepKey> following = new HashSet<>();
        ManifestReader.read(Path.of("../examples", file)).forEach(manifest -> {
            Plan plan = Examples.plan(manifest);
            plan.steps().forEach(step -> steps.add(step.key()));
            FollowUps.of(plan).values().forEach(those -> those.forEach(step -> following.add(step.key())));
        });
        return List.of(steps.size(), steps.size() - following.size());
    }

    @Test
    void the_evaluation_of_a_model_follows_its_training() {
        Plan plan = Examples.edited("quickstart.yaml");

        Map<StepKey, List<PlannedStep>> followUps = FollowUps.of(plan);

        assertThat(followUps).isNotEmpty();
        followUps.forEach((first, those) -> {
            assertThat(kinds(those)).containsExactly("Evaluate");
            assertThat(((EvaluateStep) those.getFirst().spec()).model()).isEqualTo(first);
        });
    }

    @Test
    void a_labelling_and_its_selection_follow_the_model_of_a_round() {
        Plan plan = Examples.edited("papers/cotraining-yu-2021/reduced/packages.yaml");

        List<List<String>> followUps =
                FollowUps.of(plan).values().stream().map(FollowUpsTest::kinds).toList();

        assertThat(followUps).contains(List.of("Evaluate", "PredictPool", "SelectPseudoLabels"));
    }

    @ParameterizedTest
    @MethodSource("dev.isogloss.planner.Examples#files")
    void a_step_follows_one_that_does_not_follow_and_whose_model_it_reads_itself_or_by_what_follows(Path example) {
        ManifestReader.read(example).forEach(manifest -> {
            Set<StepKey> seen = new HashSet<>();
            Plan plan = Examples.plan(manifest);
            FollowUps.of(plan).forEach((first, those) -> {
                List<StepKey> before = new ArrayList<>(List.of(first));
                for (PlannedStep step : those) {
                    assertThat(seen.add(step.key()))
                            .as("follows one step alone")
                            .isTrue();
                    assertThat(step.inputs()).as(step.title()).containsAnyElementsOf(before);
                    before.add(step.key());
                }
            });
            assertThat(seen).doesNotContainAnyElementsOf(FollowUps.of(plan).keySet());
            assertThat(plan.steps())
                    .filteredOn(step -> step.spec() instanceof EvaluateStep
                            || step.spec() instanceof PredictPoolStep
                            || step.spec() instanceof SelectPseudoLabelsStep)
                    .allMatch(step -> seen.contains(step.key()));
        });
    }

    @Test
    void two_models_that_teach_each_other_for_five_rounds_need_a_third_of_their_pods() {
        assertThat(stepsAndPods("papers/cotraining-yu-2021/reduced/packages.yaml"))
                .isEqualTo(List.of(102, 32));
    }

    @Test
    void the_table_of_a_paper_needs_half_of_its_pods() {
        assertThat(stepsAndPods("papers/iwda-xian-2022/table-1-marc-mbert.yaml"))
                .isEqualTo(List.of(222, 111));
    }
}
