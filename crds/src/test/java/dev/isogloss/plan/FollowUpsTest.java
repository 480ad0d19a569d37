package dev.isogloss.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.cluster.PodPer;
import dev.isogloss.manifest.ManifestReader;
import dev.isogloss.plan.step.PredictPoolStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.planner.Examples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FollowUpsTest {

    /// What the pods of a plan do if each does all that it can and all goes well: its own step, and those after it.
    private static Map<PlannedStep, List<PlannedStep>> pods(Plan plan, PodPer podPer) {
        FollowUps followUps = FollowUps.of(plan);
        Map<PlannedStep, List<PlannedStep>> pods = new LinkedHashMap<>();
        Set<StepKey> done = new HashSet<>();
        for (PlannedStep step : plan.steps()) {
            if (!done.add(step.key())) continue;
            List<PlannedStep> after = followUps.after(step, podPer, done::contains, done::contains);
            after.forEach(each -> done.add(each.key()));
            pods.put(step, after);
        }
        return pods;
    }

    /// Steps and pods of all the plans of a file.
    private static List<Integer> stepsAndPods(String file, PodPer podPer) {
        Set<StepKey> steps = new HashSet<>();
        Set<StepKey> own = new HashSet<>();
        ManifestReader.read(Path.of("../examples", file)).forEach(manifest -> {
            Plan plan = Examples.plan(manifest);
            plan.steps().forEach(step -> steps.add(step.key()));
            pods(plan, podPer).keySet().forEach(step -> own.add(step.key()));
        });
        return List.of(steps.size(), own.size());
    }

    /// A plan's pods by the kinds of their steps.
    private static List<String> drawn(String file, PodPer podPer) {
        List<String> drawn = new ArrayList<>();
        pods(Examples.edited(file), podPer)
                .forEach((own, after) -> drawn.add(String.join(
                        " ",
                        Stream.concat(Stream.of(own), after.stream())
                                .map(step -> step.spec().kind())
                                .toList())));
        return drawn;
    }

    @Test
    void the_evaluation_of_a_model_follows_its_training() {
        assertThat(drawn("quickstart.yaml", PodPer.Model))
                .containsExactly("Pretrain", "Train Evaluate", "Train Evaluate", "Train Evaluate");
    }

    @Test
    void nothing_follows_a_step_where_each_has_a_pod() {
        assertThat(drawn("quickstart.yaml", PodPer.Step))
                .containsExactly("Pretrain", "Train", "Evaluate", "Train", "Evaluate", "Train", "Evaluate");
    }

    @Test
    void a_labelling_and_its_selection_follow_the_model_of_a_round() {
        assertThat(drawn("papers/cotraining-yu-2021/reduced/packages.yaml", PodPer.Model))
                .contains("Train Evaluate PredictPool SelectPseudoLabels");
    }

    @ParameterizedTest
    @MethodSource("dev.isogloss.planner.Examples#files")
    void what_follows_a_step_finds_all_that_it_reads_and_the_machine_that_it_needs(Path example) {
        ManifestReader.read(example).forEach(manifest -> {
            Plan plan = Examples.plan(manifest);
            for (PodPer podPer : PodPer.values()) {
                Set<StepKey> seen = new HashSet<>();
                pods(plan, podPer).forEach((own, after) -> {
                    seen.add(own.key());
                    Set<StepKey> here = new HashSet<>(Set.of(own.key()));
                    for (PlannedStep step : after) {
                        assertThat(step.inputs()).as(step.title()).containsAnyElementsOf(here);
                        assertThat(seen).as(step.title()).containsAll(step.inputs());
                        assertThat(own.spec().device() || !step.spec().device())
                                .as(step.title())
                                .isTrue();
                        here.add(step.key());
                        assertThat(seen.add(step.key())).as("is done once").isTrue();
                    }
                });
                assertThat(seen).hasSameSizeAs(plan.steps());
            }
        });
    }

    @Test
    void two_models_that_teach_each_other_for_five_rounds_need_a_third_of_their_pods() {
        assertThat(stepsAndPods("papers/cotraining-yu-2021/reduced/packages.yaml", PodPer.Model))
                .isEqualTo(List.of(102, 32));
    }

    @Test
    void the_table_of_a_paper_needs_half_of_its_pods() {
        assertThat(stepsAndPods("papers/iwda-xian-2022/table-1-marc-mbert.yaml", PodPer.Model))
                .isEqualTo(List.of(229, 118));
    }

    @Test
    void a_line_goes_on_where_one_training_goes_on_from_another() {
        assertThat(drawn("papers/iwda-xian-2022/reduced/packages.yaml", PodPer.Line))
                .startsWith("Pretrain", "Train Evaluate Adapt Evaluate Adapt Evaluate");
        assertThat(stepsAndPods("papers/iwda-xian-2022/reduced/packages.yaml", PodPer.Line))
                .isEqualTo(List.of(71, 6));
    }

    @Test
    void trainings_that_could_go_on_side_by_side_do_not_follow_in_a_line() {
        // from each zero-shot model two trainings for every target go on, and from one of these a third
        assertThat(drawn("papers/iwda-xian-2022/table-4-conll-critic.yaml", PodPer.Line))
                .startsWith("Train Evaluate")
                .contains("Adapt Evaluate", "Adapt Evaluate Adapt Evaluate")
                .noneMatch(pod -> pod.startsWith("Train Evaluate Adapt"));
    }

    @Test
    void a_labelling_with_a_pod_of_its_own_is_followed_by_its_selection() {
        Plan plan = Examples.edited("papers/cotraining-yu-2021/reduced/packages.yaml");
        PlannedStep labelling = plan.steps().stream()
                .filter(step -> step.spec() instanceof PredictPoolStep)
                .findFirst()
                .orElseThrow();

        assertThat(FollowUps.of(plan)
                        .after(labelling, PodPer.Model, labelling.inputs()::contains, labelling.inputs()::contains))
                .extracting(step -> step.spec().kind())
                .containsExactly("SelectPseudoLabels");
    }

    @Test
    void what_has_a_pod_already_follows_nothing_and_holds_back_what_reads_it() {
        Plan plan = Examples.edited("papers/cotraining-yu-2021/reduced/packages.yaml");
        PlannedStep training = pods(plan, PodPer.Model).entrySet().stream()
                .filter(pod -> pod.getValue().size() == 3)
                .findFirst()
                .orElseThrow()
                .getKey();
        Set<StepKey> labellings = plan.steps().stream()
                .filter(step -> step.spec() instanceof PredictPoolStep)
                .map(PlannedStep::key)
                .collect(Collectors.toSet());

        assertThat(FollowUps.of(plan).after(training, PodPer.Model, _ -> false, labellings::contains))
                .extracting(step -> step.spec().kind())
                .containsExactly("Evaluate");
    }
}
