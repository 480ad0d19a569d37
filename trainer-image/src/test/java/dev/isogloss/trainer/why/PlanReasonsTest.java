package dev.isogloss.trainer.why;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isogloss.json.CanonicalJson;
import dev.isogloss.json.Json;
import dev.isogloss.json.Sha256;
import dev.isogloss.plan.Plan;
import dev.isogloss.plan.PlannedStep;
import dev.isogloss.plan.step.AgreeStep;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.plan.step.TrainStep;
import dev.isogloss.planner.PlannedManifest;
import dev.isogloss.trainer.store.StepFixtures;
import dev.isogloss.trainer.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReasonsTest {
    private static final String SHARED = """
              task: {type: SequenceClassification}
              data: {name: packages, location: {claim: datasets, path: "{language}/{split}.jsonl"}}
              source: en
              targets: [de, fr]
              seeds: [1, 2]
            """;
    private static final String ENCODER = "{name: xlmr, location: {claim: encoders, path: xlmr}}";

    private static final String EXPERIMENT = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferExperiment
            metadata: {name: packages}
            spec:
            %s  encoder: {name: xlmr, location: {claim: encoders, path: xlmr}}
              stages: [{fineTune: {learningRate: 1e-5}}, {iwda: {epochs: 2}}]
            """.formatted(SHARED);

    private static final String RUN = """
            apiVersion: isogloss.dev/v1alpha1
            kind: CoTrainingRun
            metadata: {name: packages}
            spec:
            %s  models: [{name: lm, encoder: %s, fineTune: {epochs: 3}}]
              strategy: {selfTraining: {rounds: 3}}
            """.formatted(SHARED, ENCODER);

    private static final String TABLE = """
            apiVersion: isogloss.dev/v1alpha1
            kind: TransferBenchmark
            metadata: {name: packages}
            spec:
              template:
            %s    encoder: %s
              systems:
                - {name: plain, stages: [{fineTune: {epochs: 3}}]}
                - {name: long, stages: [{fineTune: {epochs: 9}}]}
              comparison: {baseline: plain}
            """.formatted(SHARED.indent(2), ENCODER);

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("store"));
    }

    private Plan plan(String manifest) throws IOException {
        Path file = folder.resolve("m.yaml");
        Files.writeString(file, manifest);
        return PlannedManifest.read(List.of(file)).getFirst().plan();
    }

    private Plan finished(String manifest) throws IOException {
        Plan plan = plan(manifest);
        for (PlannedStep step : plan.steps()) {
            store.begin(step.key(), step.spec());
            store.commit(StepFixtures.result(step.key(), 0.5));
        }
        return plan;
    }

    private PlanReasons reasons(Plan plan) {
        return PlanReasons.of(plan, store);
    }

    private static String title(Plan plan, StepKey key) {
        return plan.step(key).map(PlannedStep::title).orElse(key.brief());
    }

    /// A word for each step that is missing: a cause of its own with its fields, or what it follows from.
    private static String inWords(Plan plan, Reason reason) {
        return switch (reason) {
            case Reason.Changed changed ->
                changed.changes().stream()
                        .map(change -> "%s %s → %s".formatted(change.field(), change.stored(), change.planned()))
                        .collect(Collectors.joining(", "));
            case Reason.Follows follows ->
                follows.roots().stream().map(root -> title(plan, root)).collect(Collectors.joining(", ", "from ", ""));
            case Reason.NothingAlike alike -> "nothing like it, %s".formatted(alike.ofKind());
            case Reason.Unfinished unfinished -> "unfinished";
        };
    }

    private String why(Plan plan, String title) {
        PlannedStep step = plan.steps().stream()
                .filter(each -> each.title().equals(title))
                .findFirst()
                .orElseThrow();
        return inWords(plan, Objects.requireNonNull(reasons(plan).byStep().get(step.key())));
    }

    /// A step that measures another model on the same languages differs in one field as well.
    @Test
    void without_a_target_the_evaluation_of_what_is_for_all_targets_is_held_against_what_it_was() throws IOException {
        finished(EXPERIMENT);

        Plan now = plan(EXPERIMENT.replace("targets: [de, fr]", "targets: [fr]"));

        assertThat(why(now, "evaluate fineTune seed 1"))
                .isEqualTo("languages [\"de\",\"en\",\"fr\"] → [\"en\",\"fr\"]");
    }

    @Test
    void an_edited_field_is_named_once_and_all_behind_it_follows() throws IOException {
        Plan before = finished(EXPERIMENT);

        Plan now = plan(EXPERIMENT.replace("1e-5", "3e-5"));

        PlanReasons reasons = reasons(now);
        assertThat(why(now, "fineTune en seed 1")).isEqualTo("settings.learningRate 1.0E-5 → 3.0E-5");
        assertThat(why(now, "iwda de seed 1")).isEqualTo("from fineTune en seed 1");
        assertThat(why(now, "evaluate iwda fr seed 2")).isEqualTo("from fineTune en seed 2");
        assertThat(reasons.byStep()).hasSize(now.steps().size());
        assertThat(reasons.byStep().values().stream().filter(Reason.Changed.class::isInstance))
                .hasSize(2);
        assertThat(reasons.finished()).isEqualTo(before.steps().size());
    }

    @Test
    void a_step_behind_an_edit_is_beside_what_it_was_before() throws IOException {
        Plan before = finished(EXPERIMENT);
        Plan now = plan(EXPERIMENT.replace("1e-5", "3e-5"));

        reasons(now).byStep().forEach((key, reason) -> {
            StepKey nearest =
                    switch (reason) {
                        case Reason.Changed changed -> changed.nearest();
                        case Reason.Follows follows -> follows.nearest();
                        case Reason.NothingAlike _ -> key;
                        case Reason.Unfinished _ -> key;
                    };
            assertThat(title(before, nearest)).isEqualTo(title(now, key));
        });
    }

    @Test
    void a_step_that_changed_itself_behind_one_that_changed_says_both() throws IOException {
        finished(EXPERIMENT);

        Plan now = plan(EXPERIMENT.replace("1e-5", "3e-5").replace("epochs: 2", "epochs: 4"));

        StepKey iwda = key(now, "iwda de seed 1");
        Reason.Changed changed =
                (Reason.Changed) Objects.requireNonNull(reasons(now).byStep().get(iwda));
        assertThat(changed.changes()).extracting(FieldChange::field).containsExactly("settings.iwda.epochs");
        assertThat(changed.follows()).extracting(root -> title(now, root)).containsExactly("fineTune en seed 1");
        assertThat(why(now, "evaluate iwda de seed 1")).isEqualTo("from iwda de seed 1");
    }

    private static StepKey key(Plan plan, String title) {
        return plan.steps().stream()
                .filter(step -> step.title().equals(title))
                .findFirst()
                .orElseThrow()
                .key();
    }

    @Test
    void a_further_seed_is_beside_another_seed_of_the_same() throws IOException {
        finished(EXPERIMENT);

        Plan now = plan(EXPERIMENT.replace("[1, 2]", "[1, 2, 3]"));

        assertThat(why(now, "fineTune en seed 3")).matches("seed [12] → 3");
        assertThat(reasons(now).byStep()).hasSize(now.steps().size() / 3);
    }

    @Test
    void of_equally_near_steps_the_one_that_no_longer_is_in_the_plan_counts_and_then_the_newest() throws IOException {
        finished(TABLE);
        Plan former = finished(TABLE.replace("epochs: 9", "epochs: 7"));
        Files.setLastModifiedTime(
                store.folder(key(former, "long: fineTune en seed 1")).result(),
                FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Plan now = plan(TABLE.replace("epochs: 9", "epochs: 8"));

        assertThat(why(now, "long: fineTune en seed 1")).isEqualTo("settings.epochs 9 → 8");
        assertThat(why(now, "long: fineTune en seed 2")).isEqualTo("settings.epochs 7 → 8");
        assertThat(why(now, "compare long with plain")).startsWith("from long: fineTune en seed 1");
    }

    @Test
    void rounds_follow_from_the_first_training() throws IOException {
        finished(RUN);

        Plan now = plan(RUN.replace("epochs: 3", "epochs: 4"));

        List<String> causes = reasons(now).byStep().values().stream()
                .filter(reason -> !(reason instanceof Reason.Follows))
                .map(reason -> inWords(now, reason))
                .distinct()
                .toList();
        assertThat(causes).containsExactly("settings.epochs 3 → 4");
        assertThat(reasons(now).byStep()).hasSize(now.steps().size());
    }

    @Test
    void steps_of_which_one_reads_two_are_paired_whatever_the_order_of_their_keys() throws IOException {
        String triTraining = RUN.replace(
                        "models: [{name: lm, encoder: %s, fineTune: {epochs: 3}}]".formatted(ENCODER),
                        "models: [{name: a, seed: 1, encoder: %1$s}, {name: b, seed: 2, encoder: %1$s}, {name: c, seed: 3, encoder: %1$s}]"
                                .formatted(ENCODER))
                .replace(
                        "strategy: {selfTraining: {rounds: 3}}",
                        "strategy: {triTraining: {augment: {maskedLanguageModel: {}}}}");
        finished(triTraining);

        Plan now = plan(triTraining.replace("{name: c, seed", "{name: c, fineTune: {epochs: 7}, seed"));

        Map<StepKey, Reason> reasons = reasons(now).byStep();
        List<PlannedStep> agreements = now.steps().stream()
                .filter(step -> step.spec() instanceof AgreeStep && !store.isDone(step.key()))
                .toList();
        assertThat(agreements).isNotEmpty();
        for (PlannedStep step : agreements)
            assertThat(inWords(now, Objects.requireNonNull(reasons.get(step.key()))))
                    .startsWith("from ");
    }

    @Test
    void a_kind_of_step_that_a_newer_program_computes_otherwise_is_told_as_such() throws IOException {
        Plan plan = plan(EXPERIMENT);
        PlannedStep step = plan.steps().getFirst();
        ObjectNode older = (ObjectNode) Json.PLAIN.readTree(CanonicalJson.of(step.spec()));
        older.put("revision", step.spec().revision() - 1);
        String json = CanonicalJson.of(older);
        StepKey key = new StepKey(Sha256.of(json.getBytes(StandardCharsets.UTF_8)));
        Files.createDirectories(store.folder(key).path());
        Files.writeString(store.folder(key).step(), json);
        Files.writeString(store.folder(key).result(), "{}");

        Reason.Changed changed =
                (Reason.Changed) Objects.requireNonNull(reasons(plan).byStep().get(step.key()));

        assertThat(changed.changes()).singleElement().satisfies(change -> assertThat(change.isRevision())
                .isTrue());
        assertThat(changed.nearest()).isEqualTo(key);
    }

    @Test
    void an_empty_store_holds_nothing_alike_and_one_with_other_steps_says_so() throws IOException {
        Plan plan = plan(EXPERIMENT);
        assertThat(reasons(plan).byStep().values()).isNotEmpty().allSatisfy(reason -> assertThat(inWords(plan, reason))
                .isEqualTo("nothing like it, false"));

        finished(RUN.replace("SequenceClassification", "NamedEntityRecognition")
                .replace("source: en", "source: nl")
                .replace("name: packages, loc", "name: other, version: \"7\", format: Conll, loc")
                .replace(
                        "epochs: 3",
                        "epochs: 30, batchSize: 3, learningRate: 9e-5, labelSmoothing: 0.3, dropout: 0.4,"
                                + " batchOrder: Random, gradientAccumulation: 2, selection: {keep: Last},"
                                + " optimiser: {beta1: 0.5, beta2: 0.6, weightDecay: 0.7, warmupFraction: 0.5, clipNorm: 3,"
                                + " schedule: Constant}"));

        assertThat(why(plan, "fineTune en seed 1")).isEqualTo("nothing like it, true");
    }

    @Test
    void a_step_that_was_begun_says_that_it_was_not_finished() throws IOException {
        Plan plan = plan(EXPERIMENT);
        PlannedStep first = plan.steps().getFirst();
        store.begin(first.key(), first.spec());

        assertThat(reasons(plan).byStep()).containsEntry(first.key(), new Reason.Unfinished(false, false));
    }

    @Test
    void a_document_that_was_edited_is_no_step() throws IOException {
        Plan before = finished(EXPERIMENT);
        for (PlannedStep step : before.steps())
            if (step.spec() instanceof TrainStep)
                Files.writeString(store.folder(step.key()).step(), "{}");

        Plan now = plan(EXPERIMENT.replace("1e-5", "3e-5"));

        assertThat(why(now, "fineTune en seed 1")).isEqualTo("nothing like it, false");
    }

    @Test
    void of_too_many_steps_the_newest_are_looked_at_and_that_is_said() throws IOException {
        Plan before = finished(EXPERIMENT);
        Instant old = Instant.parse("2020-01-01T00:00:00Z");
        for (PlannedStep step : before.steps())
            if (!step.title().equals("fineTune en seed 2"))
                Files.setLastModifiedTime(store.folder(step.key()).result(), FileTime.from(old));
        Plan now = plan(EXPERIMENT.replace("1e-5", "3e-5"));

        PlanReasons reasons = PlanReasons.of(now, store, 1);

        assertThat(reasons.read()).isEqualTo(1);
        assertThat(reasons.finished()).isEqualTo(before.steps().size());
        assertThat(inWords(now, Objects.requireNonNull(reasons.byStep().get(key(now, "fineTune en seed 1")))))
                .contains("seed 2 → 1");
    }

    @Test
    void nothing_is_read_for_a_plan_that_is_done() throws IOException {
        Plan plan = finished(EXPERIMENT);

        assertThat(reasons(plan)).isEqualTo(new PlanReasons(Map.of(), 0, 0));
    }
}
