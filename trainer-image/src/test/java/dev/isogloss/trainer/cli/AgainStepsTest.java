package dev.isogloss.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.planner.PlannedManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgainStepsTest {
    static final String TABLE = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferBenchmark
            metadata: {name: table}
            spec:
              template:
                task: {type: SequenceClassification}
                data: {name: toy, location: {claim: datasets, path: "{language}/{split}.jsonl"}}
                encoder: {name: xlmr, location: {claim: encoders, path: xlmr}}
                source: en
                targets: [de]
                seeds: [1]
              systems:
                - {name: plain, stages: [{fineTune: {epochs: 2}}]}
                - {name: weighed, stages: [{fineTune: {epochs: 2}}, {iwda: {epochs: 3}}]}
              comparison: {baseline: plain}
            """;

    @TempDir
    Path folder;

    private Plan plan;

    @BeforeEach
    void read() throws IOException {
        Path file = folder.resolve("table.yaml");
        Files.writeString(file, TABLE);
        plan = PlannedManifest.read(List.of(file)).getFirst().plan();
    }

    private List<String> named(String... names) {
        var steps = AgainSteps.of(List.of(plan), List.of(names));
        return plan.steps().stream()
                .filter(step -> steps.contains(step.key()))
                .map(PlannedStep::title)
                .toList();
    }

    @Test
    void a_system_is_all_that_its_line_is_made_from() {
        assertThat(named("plain")).containsExactly("fineTune en seed 1", "evaluate fineTune seed 1");
        assertThat(named("weighed"))
                .containsExactly(
                        "fineTune en seed 1",
                        "evaluate fineTune seed 1",
                        "weighed: iwda de seed 1",
                        "weighed: evaluate iwda de seed 1",
                        "compare weighed with plain");
    }

    @Test
    void a_stage_a_title_and_the_first_digits_of_a_key_name_steps_and_several_names_add_up() {
        String digits = plan.steps().getFirst().key().brief();

        assertThat(named("fineTune")).containsExactly("fineTune en seed 1", "evaluate fineTune seed 1");
        assertThat(named("weighed iwda"))
                .containsExactly("weighed: iwda de seed 1", "weighed: evaluate iwda de seed 1");
        assertThat(named("iwda")).isEqualTo(named("weighed iwda"));
        assertThat(named(digits, "compare weighed with plain"))
                .containsExactly(plan.steps().getFirst().title(), "compare weighed with plain");
    }

    @Test
    void a_name_of_nothing_is_answered_by_stages_and_systems() {
        assertThatThrownBy(() -> named("wieghed"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("--again \"wieghed\" names nothing of table; did you mean \"weighed\"? Stages: ")
                .hasMessageContaining(" Stages: fineTune, iwda. Systems: plain, weighed. Or write the title of a step");
        assertThatThrownBy(() -> named("0000")).hasMessageContaining("names nothing of table. Stages: ");
    }
}
