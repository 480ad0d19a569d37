package dev.isogloss.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.benchmark.DifferenceRow;
import dev.isogloss.api.benchmark.SystemStatus;
import dev.isogloss.api.benchmark.TransferBenchmarkStatus;
import dev.isogloss.api.cluster.ExperimentStatus;
import dev.isogloss.api.cluster.Phase;
import dev.isogloss.operator.cluster.PlayedJobs.Fail;
import dev.isogloss.operator.cluster.PlayedJobs.Run;
import dev.isogloss.operator.cluster.PlayedJobs.Succeed;
import dev.isogloss.operator.names.ConditionType;
import dev.isogloss.operator.status.Conditions;
import dev.isogloss.resource.TrainingStep;
import dev.isogloss.resource.TransferBenchmark;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Benchmarks before a real API server.
class BenchmarkIT extends OperatorTestBase {
    private static final String TABLE = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferBenchmark
            metadata: {name: table}
            spec:
              template:
                task: {type: SequenceClassification}
                data: {name: toy, location: {generated: {}}}
                encoder: {location: {uri: "hf://org/encoder"}}
                source: qal
                targets: [qen, qir]
                seeds: [1, 2]
              systems:
                - {name: zero-shot, stages: [{fineTune: {epochs: 1}}]}
                - {name: iwda, stages: [{fineTune: {epochs: 1}}, {iwda: {epochs: 1}}]}
                - name: co
                  models:
                    - {name: lm, encoder: {location: {uri: "hf://org/encoder"}}, fineTune: {epochs: 1}}
                    - {name: emb, encoder: {location: {uri: "hf://org/other"}}, fineTune: {epochs: 1}}
                  strategy: {coTraining: {rounds: 2}}
                - name: large
                  encoder: {location: {uri: "hf://org/large"}}
                  stages: [{fineTune: {epochs: 1}}]
              sweep: {system: iwda, over: {"stages[1].iwda.lambdaAlign": [0.001, 0.01]}}
              comparison: {baseline: zero-shot}
              runtime: {failurePolicy: Continue, parallelism: 8}
            """;

    private TransferBenchmarkStatus await(Predicate<ExperimentStatus> holds) {
        TransferBenchmark seen = Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(
                        this::table,
                        one -> one.getStatus() != null
                                && holds.test(one.getStatus().common()));
        return Objects.requireNonNull(seen.getStatus());
    }

    private TransferBenchmark table() {
        return rig.client()
                .resources(TransferBenchmark.class)
                .inNamespace(rig.namespace())
                .withName("table")
                .get();
    }

    private void patch(String json) {
        rig.client()
                .resources(TransferBenchmark.class)
                .inNamespace(rig.namespace())
                .withName("table")
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private static SystemStatus system(TransferBenchmarkStatus status, String name) {
        return Objects.requireNonNull(status.systems()).stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean hasFailed(ExperimentStatus status) {
        return Conditions.holds(status.conditions(), ConditionType.Failed);
    }

    private static String title(Job job) {
        return String.join(
                " ",
                job.getSpec().getTemplate().getSpec().getContainers().getFirst().getArgs());
    }

    @Test
    void a_table_runs_to_its_scores_differences_and_stars() {
        rig.apply(TABLE);
        TransferBenchmarkStatus status = await(seen -> seen.phase() == Phase.Succeeded);

        assertThat(status.systemsDone()).isEqualTo("4/4");
        assertThat(status.common().results()).hasSize(4 * 4).anySatisfy(row -> {
            assertThat(row.stage()).isEqualTo("iwda");
            assertThat(row.language()).isEqualTo("average");
            assertThat(row.mean()).isEqualTo("0.5000");
            assertThat(row.n()).isEqualTo(2);
        });
        assertThat(system(status, "iwda").chosen()).isEqualTo("lambdaAlign=0.01");
        assertThat(system(status, "iwda").stars()).isEqualTo("**");
        assertThat(system(status, "zero-shot").difference()).isNull();
        assertThat(status.differences())
                .hasSize(3 * 4 - 1) // iwda has a model for each target, and no difference in the source
                .extracting(DifferenceRow::difference)
                .containsOnly("+0.0500");
    }

    /// Of a small one: ordinary events of a large one exceed what may be said in so short a time.
    @Test
    void its_systems_are_told_of_as_their_lines_are_whole() {
        rig.apply("""
                apiVersion: isogloss.dev/v1alpha1
                kind: TransferBenchmark
                metadata: {name: table}
                spec:
                  template:
                    task: {type: SequenceClassification}
                    data: {name: toy, location: {generated: {}}}
                    encoder: {location: {uri: "hf://org/encoder"}}
                    source: qal
                    targets: [qen, qir]
                    stages: [{fineTune: {epochs: 1}}]
                  systems:
                    - {name: short}
                    - {name: long, stages: [{fineTune: {epochs: 2}}]}
                  comparison: {baseline: short}
                """);
        await(seen -> seen.phase() == Phase.Succeeded);

        rig.eventually(() -> assertThat(events()).contains("PlanMade", "SystemComplete", "AllStepsSucceeded"));
    }

    private List<String> events() {
        return rig.client().v1().events().inNamespace(rig.namespace()).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getKind().equals("TransferBenchmark"))
                .map(Event::getReason)
                .distinct()
                .toList();
    }

    @Test
    void a_system_that_fails_leaves_its_line_empty_with_the_reason_and_the_others_whole() {
        jobs.script(job -> title(job).contains("large: fineTune")
                ? new Fail(3, "PodFailurePolicy", "{\"error\":\"Lower the batch size.\"}")
                : new Succeed());
        rig.apply(TABLE);
        TransferBenchmarkStatus status = await(BenchmarkIT::hasFailed);

        assertThat(system(status, "large").mean()).isNull();
        assertThat(system(status, "large").failure())
                .startsWith("large: fineTune qal seed 1 failed: ")
                .endsWith("Lower the batch size.");
        assertThat(system(status, "iwda").difference()).isEqualTo("+0.0500");
        assertThat(status.systemsDone()).isEqualTo("3/4");
        assertThat(status.common().results()).extracting(row -> row.stage()).doesNotContain("large");
    }

    @Test
    void it_shares_steps_with_an_experiment_and_with_its_own_next_generation() {
        rig.apply(Manifests.small("small"));
        rig.await("small", ConditionType.Complete);
        int before = rig.steps().size();
        rig.apply(TABLE);
        await(seen -> seen.phase() == Phase.Succeeded);

        assertThat(rig.step("fineTune qal seed 1").getMetadata().getOwnerReferences())
                .extracting(owner -> owner.getKind())
                .containsExactlyInAnyOrder("TransferExperiment", "TransferBenchmark");
        List<String> first = names();
        assertThat(first.size()).isGreaterThan(before);

        patch("{\"spec\":{\"comparison\":{\"alpha\":0.001}}}");
        TransferBenchmarkStatus next =
                await(seen -> seen.phase() == Phase.Succeeded && Long.valueOf(2).equals(seen.observedGeneration()));
        assertThat(names()).isEqualTo(first);
        assertThat(system(next, "iwda").stars()).isNull();
        assertThat(jobs.made().values()).containsOnly(1);
    }

    private List<String> names() {
        return rig.steps().stream()
                .map(TrainingStep::getMetadata)
                .map(metadata -> metadata.getName())
                .sorted()
                .toList();
    }

    @Test
    void suspension_stops_all_systems_and_its_end_goes_on() {
        jobs.script(_ -> new Run());
        rig.apply(TABLE);
        await(seen -> seen.phase() == Phase.Running);
        patch("{\"spec\":{\"suspend\":true}}");
        await(seen -> Conditions.holds(seen.conditions(), ConditionType.Suspended));

        assertThat(rig.jobs()).allMatch(job -> job.getSpec().getSuspend());
        jobs.script(_ -> new Succeed());
        patch("{\"spec\":{\"suspend\":false}}");
        await(seen -> seen.phase() == Phase.Succeeded);
    }

    @Test
    void what_the_definition_cannot_know_is_invalid_with_the_sentence_of_validate() {
        rig.apply(TABLE.replace("stages[1].iwda", "stages[3].iwda"));
        TransferBenchmarkStatus status = await(seen -> Conditions.holds(seen.conditions(), ConditionType.Invalid));

        assertThat(Conditions.find(status.common().conditions(), ConditionType.Invalid)
                        .orElseThrow()
                        .message())
                .isEqualTo("spec.sweep.over[\"stages[3].iwda.lambdaAlign\"]: there is no stages[3], the list has 2"
                        + " items, counted from 0");
        patch("{\"spec\":{\"sweep\":null}}");
        await(seen -> seen.phase() == Phase.Succeeded);
    }
}
