package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.plan.step.EvaluateStep;
import dev.isogloss.plan.step.SemanticAlignmentStep;
import dev.isogloss.plan.step.StepSpec;
import dev.isogloss.plan.step.TrainStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are missing or wrong are told before the first step runs.
class PreflightTest {
    private static final String MANIFEST = PreflightRig.MANIFEST;
    private static final String EXAMPLE = PreflightRig.EXAMPLE;

    @TempDir
    Path folder;

    private PreflightRig rig;

    @BeforeEach
    void everythingButPairs() throws IOException {
        rig = new PreflightRig(folder);
    }

    private void check(String stage, String pretrain, String ranked) {
        check(stage, pretrain, ranked, StepSpec.class);
    }

    private void check(String stage, String pretrain, String ranked, Class<? extends StepSpec> left) {
        check(MANIFEST.replace("STAGE", stage).replace("PRETRAIN", pretrain).replace("RANKED", ranked), left);
    }

    /// @param left the kind of step that is not done yet
    private void check(String manifest, Class<? extends StepSpec> left) {
        rig.check(manifest, left);
    }

    private void pairs(String language) throws IOException {
        Files.createDirectories(folder.resolve("pairs"));
        Files.writeString(folder.resolve("pairs/en-" + language + ".tsv"), "a\tb\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "languageAdaptation: {}|pairFraction: 0|",
                "fineTune: {}|pairFraction: 0.5|",
                "fineTune: {}|pairFraction: 0|rankTranslations: {}"
            })
    void whoever_reads_translations_needs_a_file_of_them(String who) throws IOException {
        String[] parts = who.split("\\|", -1);

        assertThatThrownBy(() -> check(parts[0], parts[1], parts[2]))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("has translation pairs under " + folder)
                .hasMessageContaining("pairs/en-{language}.tsv")
                .hasMessageContaining("Mend spec.corpus.pairs.");
        pairs("de");
        assertThatCode(() -> check(parts[0], parts[1], parts[2])).doesNotThrowAnyException();
    }

    @Test
    void a_second_phase_that_is_all_that_is_left_needs_them_too() throws IOException {
        assertThatThrownBy(() -> check("languageAdaptation: {}", "pairFraction: 0", "", SemanticAlignmentStep.class))
                .hasMessageContaining("Mend spec.corpus.pairs.");
        pairs("fr");
        check("languageAdaptation: {}", "pairFraction: 0", "", SemanticAlignmentStep.class);
    }

    @Test
    void without_translations_nobody_looks_for_them() {
        assertThatCode(() -> check("fineTune: {}", "pairFraction: 0", "")).doesNotThrowAnyException();
    }

    @Test
    void a_split_that_is_not_there_is_told_with_what_is() throws IOException {
        Files.delete(folder.resolve("fr/test.jsonl"));

        assertThatThrownBy(() -> check("fineTune: {}", "pairFraction: 0", ""))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("test")
                .hasMessageContaining("fr");
    }

    @Test
    void a_split_that_asks_for_more_than_there_is_is_told_with_how_much_there_is() {
        assertThatThrownBy(() -> check(cut(3, 4), StepSpec.class))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("Split \"test\" of language \"de\" asks for examples 3 to 4, but %s has 3."
                        .formatted(folder.resolve("de/test.jsonl")));
        assertThatCode(() -> check(cut(3, 3), StepSpec.class)).doesNotThrowAnyException();
    }

    private static String cut(int first, int last) {
        return MANIFEST.replace("STAGE", "fineTune: {}")
                .replace("PRETRAIN", "pairFraction: 0")
                .replace("RANKED", "")
                .replace(
                        "jsonl\"}}",
                        "jsonl\"}, splits: {test: {file: test, first: %d, last: %d}}}".formatted(first, last));
    }

    @Test
    void a_broken_line_is_told_with_its_place_even_if_only_the_last_step_reads_it() throws IOException {
        Files.writeString(folder.resolve("fr/test.jsonl"), EXAMPLE + "{\"text\": \"a\", \n");

        assertThatThrownBy(() -> check("fineTune: {}", "pairFraction: 0", ""))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(folder.resolve("fr/test.jsonl") + ":2:");
    }

    @Test
    void an_unknown_label_is_told_with_its_place_whether_labels_are_declared_or_learnt() throws IOException {
        String declared = manifest().replace("Classification}", "Classification, labels: [b, c]}");
        assertThatCode(() -> check(declared, StepSpec.class)).doesNotThrowAnyException();
        Files.writeString(folder.resolve("en/train.jsonl"), EXAMPLE + EXAMPLE.replace("\"b\"", "\"c\""));
        Files.writeString(folder.resolve("fr/test.jsonl"), EXAMPLE + EXAMPLE.replace("\"b\"", "\"bb\""));

        for (String manifest : new String[] {declared, manifest()})
            assertThatThrownBy(() -> check(manifest, StepSpec.class))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith(folder.resolve("fr/test.jsonl")
                            + ", line 2 has the label \"bb\", which is none of the task's labels [b, c]");
        // What a model that is made already has learnt is not seen here.
        assertThatCode(() -> check(manifest(), EvaluateStep.class)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(declared, EvaluateStep.class)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_test_file_without_labels_is_told_with_its_place() throws IOException {
        Files.writeString(folder.resolve("fr/test.jsonl"), EXAMPLE + "{\"text\": \"a\"}\n");

        assertThatThrownBy(() -> check(manifest(), StepSpec.class))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(folder.resolve("fr/test.jsonl") + ", line 2 has no label. A split is scored by its labels:"
                        + " label the example, or leave \"test\" out of spec.evaluate.splits.");
    }

    @Test
    void a_test_file_without_any_label_says_where_they_may_be() throws IOException {
        Files.writeString(folder.resolve("fr/test.jsonl"), "{\"text\": \"a\", \"mood\": \"b\"}\n");

        assertThatThrownBy(() -> check(manifest(), StepSpec.class))
                .isInstanceOf(InvalidInput.class)
                .hasMessageEndingWith(
                        " No example of the file has one: if its labels have another name or column, write"
                                + " that under data.fields.");
    }

    @Test
    void labels_that_the_first_training_would_doubt_are_told_with_their_places() throws IOException {
        Path train = folder.resolve("en/train.jsonl");
        Files.writeString(train, EXAMPLE + EXAMPLE.replace("\"b\"", "1") + EXAMPLE.replace("\"b\"", "\"1.0\""));

        assertThatThrownBy(() -> check(manifest(), StepSpec.class))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(train + ", line 2 and " + train + ", line 3: labels that look alike are two: \"1\" and"
                        + " \"1.0\". Write each label in one way.");
        assertThatThrownBy(() -> check(
                        manifest().replace("Classification}", "Classification, labels: [b, \"1\", \"1.0\"]}"),
                        StepSpec.class))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("task.labels: \"1\" and \"1.0\" look alike.");
        Files.writeString(train, EXAMPLE.replace("\"b\"", "\"-\"") + EXAMPLE.replace("\"b\"", "\"neutral\""));
        assertThatThrownBy(() -> check(manifest(), StepSpec.class))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(train + ", line 1 has the label \"-\", by which sets such as SNLI mark pairs");
    }

    @Test
    void a_label_that_looks_like_a_known_one_is_told_with_its_place() throws IOException {
        Path test = folder.resolve("fr/test.jsonl");
        Files.writeString(test, EXAMPLE.replace("\"b\"", "\"\\u200bb\""));

        assertThatThrownBy(() -> check(manifest(), StepSpec.class))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(test + ", line 1 has the label ")
                .hasMessageContaining("looks like the task's label \"b\"");
    }

    @Test
    void a_pool_needs_no_labels() throws IOException {
        Files.writeString(folder.resolve("de/train.jsonl"), "{\"text\": \"a\"}\n".repeat(3));

        assertThatCode(() -> check(
                        manifest().replace("- fineTune: {}", "- fineTune: {}\n    - adversarialAlign: {}"),
                        StepSpec.class))
                .doesNotThrowAnyException();
    }

    private static String manifest() {
        return MANIFEST.replace("STAGE", "fineTune: {}")
                .replace("PRETRAIN", "pairFraction: 0")
                .replace("RANKED", "");
    }

    @Test
    void a_file_that_nothing_left_to_run_reads_may_be_broken() throws IOException {
        Files.writeString(folder.resolve("fr/test.jsonl"), "{");

        assertThatCode(() -> check("fineTune: {}", "pairFraction: 0", "", TrainStep.class))
                .doesNotThrowAnyException();
    }
}
