package dev.isogloss.trainer.cli;

import static dev.isogloss.trainer.cli.SmallExperiment.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sound experiment is spoilt in one place: the command says in a paragraph what is wrong, and once that is mended
/// the same command succeeds.
class BadManifestTest {
    private static final String GOOD = line("the apple is sweet again", "good") + line("sour again", "bad");

    @TempDir
    Path folder;

    private SmallExperiment experiment;

    @BeforeEach
    void soundToBeginWith() throws IOException {
        experiment = new SmallExperiment(folder);
    }

    @Test
    void a_manifest_that_is_no_yaml_is_refused_with_its_line() throws IOException {
        experiment.with("seeds: [1]", "seeds: [1");
        experiment.refused("FOLDER/m.yaml:14:9:", "is no YAML");
        experiment.with("seeds: [1", "seeds: [1]").runs();
    }

    @Test
    void every_problem_of_a_manifest_is_named_at_once() throws IOException {
        experiment.with("epochs: 2", "epochs: -1").with("source: en", "sources: en");
        experiment.refused(
                "spec.source: is missing",
                "spec.sources: there is no such field; did you mean source?",
                "spec.stages[0].fineTune.epochs: is -1; it must be greater than 0");
        experiment
                .with("epochs: -1", "epochs: 2")
                .with("sources: en", "source: en")
                .runs();
    }

    @Test
    void a_missing_file_is_named_and_the_folder_shown() throws IOException {
        experiment.delete("data/en/dev.jsonl");
        experiment.refused(
                "There is no file FOLDER/data/en/dev.jsonl",
                "FOLDER/data/en holds test.jsonl, train.jsonl.",
                "go without by selection: {keep: Last}");
        experiment.write("data/en/dev.jsonl", GOOD).runs();
    }

    @Test
    void an_empty_split_is_named() {
        experiment.write("data/en/train.jsonl", "");
        experiment.refused("FOLDER/data/en/train.jsonl holds no examples");
        experiment.write("data/en/train.jsonl", GOOD).runs();
    }

    @Test
    void an_empty_test_split_is_named() {
        experiment.write("data/de/test.jsonl", "\n\n");
        experiment.refused("FOLDER/data/de/test.jsonl holds no examples");
        experiment.write("data/de/test.jsonl", GOOD).runs();
    }

    @Test
    void an_unknown_label_in_dev_is_named_with_its_line() {
        experiment.write("data/en/dev.jsonl", GOOD + line("a pear", "goood"));
        experiment.refused(
                "FOLDER/data/en/dev.jsonl, line 3 has the label \"goood\"", "did you mean \"good\"?", "task.labels");
        experiment.write("data/en/dev.jsonl", GOOD).runs();
    }

    @Test
    void an_unknown_label_in_test_is_named_with_its_line() {
        experiment.write("data/de/test.jsonl", GOOD + line("a pear", "neutral"));
        experiment.refused("FOLDER/data/de/test.jsonl, line 3 has the label \"neutral\"", "task.labels");
        experiment.write("data/de/test.jsonl", GOOD).runs();
    }

    @Test
    void a_test_example_without_a_label_is_named_with_its_line() {
        experiment.write("data/de/test.jsonl", GOOD + "{\"text\": \"a pear\"}\n");
        experiment.refused("test.jsonl, line 3 has no label", "leave \"test\" out of spec.evaluate.splits");
        experiment.write("data/de/test.jsonl", GOOD).runs();
    }

    @Test
    void a_dev_example_without_a_label_is_named_with_its_line() {
        experiment.write("data/en/dev.jsonl", GOOD + "{\"text\": \"a pear\"}\n");
        experiment.refused("dev.jsonl, line 3 has no label", "fineTune.selection.split");
        experiment.write("data/en/dev.jsonl", GOOD).runs();
    }

    @Test
    void a_train_example_without_a_label_is_named_with_its_line() {
        experiment.write("data/en/train.jsonl", GOOD + "{\"text\": \"a pear\"}\n");
        experiment.refused("train.jsonl, line 3 has no label");
        experiment.write("data/en/train.jsonl", GOOD).runs();
    }

    @Test
    void a_metric_that_the_task_does_not_have_is_refused_before_the_training() throws IOException {
        experiment.with("fineTune: {", "fineTune: {selection: {metric: SpanF1}, ");
        experiment.refused("selection.metric is SpanF1", "[Accuracy, MacroF1]");
        experiment.with("SpanF1", "MacroF1").runs();
    }

    @Test
    void one_label_only_is_not_worth_training() {
        experiment.write("data/en/train.jsonl", line("a pear", "good"));
        experiment.refused("train.jsonl has only the label \"good\"", "nothing to learn");
        experiment.write("data/en/train.jsonl", GOOD).runs();
    }

    @Test
    void languages_whose_labels_differ_get_a_note() throws IOException {
        experiment
                .with("fineTune: {", "fineTune: {languages: [en, de], ")
                .write("data/de/train.jsonl", line("suess", "good"));
        assertThat(experiment.runs()).contains("de has no example of bad");
    }

    @Test
    void labels_that_only_another_language_has_count_as_labels_and_get_a_note() throws IOException {
        experiment
                .with("fineTune: {", "fineTune: {languages: [en, de], ")
                .write("data/de/train.jsonl", GOOD + line("suess", "neutral"));
        assertThat(experiment.runs()).contains("train of en has no example of neutral (the task has 3 labels).");
    }

    @Test
    void a_line_that_is_no_json_is_named_with_file_and_line() {
        experiment.write("data/en/train.jsonl", GOOD + "{\"text\": \"a pear\", \n");
        experiment.refused("FOLDER/data/en/train.jsonl:3:20: this line is not JSON");
        experiment.write("data/en/train.jsonl", GOOD).runs();
    }

    @Test
    void latin_1_is_refused() {
        experiment.write("data/de/test.jsonl", GOOD + line("süß", "good"), StandardCharsets.ISO_8859_1);
        experiment.refused("test.jsonl, line 3", "iconv");
        experiment.write("data/de/test.jsonl", GOOD).runs();
    }

    @Test
    void windows_line_ends_bom_empty_texts_and_long_texts_work() {
        experiment
                .write("data/en/train.jsonl", "\uFEFF" + GOOD.replace("\n", "\r\n"))
                .write("data/en/dev.jsonl", GOOD + line("", "bad") + line("  \u00a0\u3000 ", "good"))
                .write(
                        "data/de/test.jsonl",
                        GOOD
                                + line("suess ".repeat(20_000), "good")
                                + line("x".repeat(1 << 20), "bad")
                                + line("\\u0000\\u200b", "bad"));
        experiment.runs();
    }

    @Test
    void half_a_character_costs_nothing_wherever_it_stands() throws IOException {
        String half = "{\"id\": \"i\\ud83d\", \"text\": \"a pear \\ud83d\", \"label\": \"so-so\\ude00\"}\n";
        for (String file : List.of("en/train", "en/dev", "de/test"))
            experiment.write("data/%s.jsonl".formatted(file), GOOD + half);
        experiment.runs();

        experiment.with("type: SequenceClassification", "type: SequenceClassification, labels: [\"so-so\\ude00\"]");
        experiment.refused("half of a character (a surrogate) stands here");
    }

    @Test
    void columns_that_are_swapped_are_asked_about_in_one_short_sentence() {
        StringBuilder swapped = new StringBuilder();
        for (int i = 0; i < 2000; i++)
            swapped.append(
                    line("good", "text %d, and much more of it ".formatted(i).repeat(50)));
        experiment.write("data/en/train.jsonl", swapped.toString());

        assertThat(experiment.refused("2,000 classes in 2,000 examples: are the columns swapped"))
                .hasSizeLessThan(1000);
    }

    @Test
    void tagging_copes_with_white_space_and_long_documents() throws IOException {
        tagging();
        String line =
                "{\"text\": [\"\", \" \", \"\\u3000\", \"apfel\"], \"label\": [\"O\", \"O\", \"O\", \"B-FRUIT\"]}\n";
        String document = "{\"text\": [" + "\"apfel\", ".repeat(19_999) + "\"" + "x".repeat(1 << 20)
                + "\"], \"label\": [" + "\"O\", ".repeat(19_999) + "\"O\"]}\n";
        experiment
                .write("data/en/train.jsonl", line + line)
                .write("data/en/dev.jsonl", line + line.replace("B-FRUIT", "I-FRUIT"))
                .write("data/de/test.jsonl", line + document)
                .write("data/en/test.jsonl", line + "{\"text\": [], \"label\": []}\n");
        experiment.runs();
    }

    @Test
    void tagging_with_a_tag_missing_is_named() throws IOException {
        tagging();
        String line = "{\"text\": [\"der\", \"apfel\"], \"label\": [\"O\", \"B-FRUIT\"]}\n";
        for (String split : new String[] {"en/train", "en/dev", "en/test", "de/test"})
            experiment.write("data/" + split + ".jsonl", line);
        experiment.write("data/en/train.jsonl", line + line.replace("\"O\", ", ""));
        experiment.refused("train.jsonl, line 2");
        experiment.write("data/en/train.jsonl", line).runs();
    }

    @Test
    void text_in_place_of_words_is_named() throws IOException {
        tagging();
        experiment.refused("train.jsonl, line 1");
    }

    @Test
    void texts_that_are_tested_and_trained_on_are_counted() {
        experiment
                .write("data/en/train.jsonl", GOOD)
                .write("data/en/dev.jsonl", GOOD)
                .write("data/en/test.jsonl", GOOD);
        assertThat(experiment.runs())
                .contains(
                        "2 of 2 examples of dev en (2 different texts) occur word for word in train en.",
                        "2 of 2 examples of test en (2 different texts) occur word for word in train en.");
    }

    @Test
    void a_corpus_is_checked_before_anything_is_made_of_it() throws IOException {
        pretraining();
        String text = "the apple is sweet\nthe lemon is sour\n";
        experiment
                .write("data/text/en.txt", text)
                .write("data/text/de.txt", text + "süß\n", StandardCharsets.ISO_8859_1);
        experiment.refused("de.txt, line 3", "iconv");
        experiment.write("data/text/de.txt", "\n  \n");
        experiment.refused("de.txt holds no text of language \"de\"");
        experiment.write(
                "data/text/de.txt",
                text.repeat(3) + "\n\n" + "x\n" + "y ".repeat(20_000) + "\n" + "z".repeat(1 << 20) + "\n");
        experiment.runs();
    }

    @Test
    void a_language_whose_script_the_encoder_does_not_know_is_named() throws IOException {
        experiment.with("stages:", """
                corpus: {name: fruit, languages: [en, am], location: {claim: datasets, path: "text/{language}.txt"}}
                  stages:
                    - pretrain: {maxUpdates: 3, batchSize: 2, maxLength: 16}""");
        experiment.write("data/text/en.txt", "the apple\nsour\n").write("data/text/am.txt", "ሰላም\nአፕል\n");
        experiment.refused("no piece", "language \"am\"", "encoder.fromPretraining");
        experiment.write("data/text/am.txt", "ሰላም\nአፕል\nthe apple\nsweet\n");
        assertThat(experiment.runs()).contains("2 of 4 sequences of am are left out");
    }

    @Test
    void inputs_longer_than_the_new_encoder_holds_are_refused() throws IOException {
        pretraining();
        experiment.write("data/text/en.txt", "the apple\n").write("data/text/de.txt", "der apfel\n");
        experiment.with("maxLength: 16, fromPre", "maxLength: 1024, fromPre");
        experiment.refused(
                "spec.encoder.maxLength: an encoder made here has positions for 512 pieces", "lower maxLength");
        experiment.with("maxLength: 1024, fromPre", "maxLength: 16, fromPre").runs();
    }

    private void tagging() throws IOException {
        experiment.with("SequenceClassification", "NamedEntityRecognition");
    }

    private void pretraining() throws IOException {
        experiment.with("encoder: {name: tiny, location: {claim: encoders, path: tiny}, maxLength: 16}", """
                corpus: {name: fruit, languages: [en, de], location: {claim: datasets, path: "text/{language}.txt"}}
                  encoder:
                    {maxLength: 16, fromPretraining: {architecture: {preset: Tiny, hidden: 16, heads: 2, layers: 1},
                     tokenizer: {vocabularySize: 64}, pretrain: {maxUpdates: 3, batchSize: 4, maxLength: 16}}}""");
    }
}
