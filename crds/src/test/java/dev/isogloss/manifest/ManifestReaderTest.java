package dev.isogloss.manifest;

import static dev.isogloss.planner.Manifests.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.planner.Manifests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

    private static List<String> problems(String text) {
        return ManifestReader.check("m.yaml", text).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static List<String> problems(String replaced, String by) {
        assertThat(SMALL).contains(replaced);
        return problems(SMALL.replace(replaced, by));
    }

    @Test
    void defaults_are_those_of_the_definition() {
        var fineTune = Manifests.fineTune(SMALL, 0);

        assertThat(fineTune).isEqualTo(SettingsReader.of(dev.isogloss.api.method.FineTune.class, "{epochs: 2}"));
        assertThat(fineTune.learningRate()).isEqualTo(1e-5);
        assertThat(fineTune.optimiser().warmupFraction()).isEqualTo(0.1);
        assertThat(fineTune.selection().split()).isEqualTo("dev");
    }

    @Test
    void inputs_longer_than_the_positions_of_an_encoder_made_here_are_refused_before_it_is_made() {
        String made = "corpus: {name: c, languages: [en], location: {claim: d}}\n  encoder: {maxLength: 600,"
                + " fromPretraining: {pretrain: {maxLength: %d}}}";
        String published = "encoder: {location: {uri: \"hf://xlm-roberta-base\"}}";

        assertThat(problems(published, made.formatted(128)))
                .singleElement()
                .asString()
                .contains("has positions for 512 pieces, or for fromPretraining.pretrain.maxLength");
        assertThat(problems(published, made.formatted(600))).isEmpty();
    }

    @Test
    void a_rule_about_a_field_that_is_not_written_is_told_where_it_could_be() {
        assertThat(problems("{uri: \"hf://xlm-roberta-base\"}", "{claim: models}"))
                .containsExactly("m.yaml:7:12: spec.encoder.name: name the encoder: only an hf:// location says its"
                        + " name itself");
    }

    @Test
    void a_rule_about_a_list_is_told_of_the_item_that_breaks_it_unless_several_do() {
        String words = "\n    - adversarialAlign: {reads: Words}";
        String right = "fineTune: {epochs: 2}";

        assertThat(problems(right, right + words + "\n    - distill: {}"))
                .containsExactly("m.yaml:13:7: spec.stages[1]: adversarialAlign.reads: Words is for tasks that label"
                        + " words; write Sentences");
        assertThat(problems(right, right + words + words))
                .containsExactly("m.yaml:12:5: spec.stages: adversarialAlign.reads: Words is for tasks that label"
                        + " words; write Sentences");
    }

    @Test
    void every_mistake_is_told_at_once_in_the_order_of_the_file() {
        String text = SMALL.replace("epochs: 2", "epochs: 0, lerningRate: 1e-5")
                .replace("source: en", "source: no")
                .replace("SequenceClassification", "SequenceClasification");

        assertThat(problems(text))
                .containsExactly(
                        "m.yaml:5:16: spec.task.type: is \"SequenceClasification\", which is no choice here; did you"
                                + " mean SequenceClassification?",
                        "m.yaml:8:11: spec.source: no without quotes is read as false by YAML; where the text is meant"
                                + " (no is Norwegian), write \"no\"",
                        "m.yaml:12:26: spec.stages[0].fineTune.epochs: is 0; it must be greater than 0",
                        "m.yaml:12:29: spec.stages[0].fineTune.lerningRate: there is no such field; did you mean"
                                + " learningRate?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "epochs: 2|epochs: 2, foo: ~|12:29: spec.stages[0].fineTune.foo: there is no such field; possible here:"
                        + " languages, epochs, maxUpdates, batchSize, dropout, batchOrder, optimiser,"
                        + " gradientAccumulation, learningRate, labelSmoothing, confidencePenalty, penaltyOver,"
                        + " headDropout, sources, samplingExponent, frozenEmbeddings, frozenLayers, evaluateEvery,"
                        + " selection, learnFrom",
                "source: en|source: e n|8:11: spec.source: is `e n`; it must be a language code such as de or zh-Hans",
                "source: en|source: [en]|8:11: spec.source: is a list; it must be a text",
                "seeds: [1, 2]|seeds: 1|10:10: spec.seeds: is a number (1); it must be a list",
                "seeds: [1, 2]|seeds: [1, 2.5]|10:14: spec.seeds[1]: is 2.5; it must be a whole number",
                "seeds: [1, 2]|seeds: [1, 1]|10:14: spec.seeds[1]: it holds twice 1; remove one of them",
                "seeds: [1, 2]|seeds: []|10:10: spec.seeds: has 0 items; it needs at least 1, or leave the field out",
                "name: toy,|version: '1',|6:9: spec.data.name: is missing. Name of the dataset. With version it says"
                        + " which data was used, and is part of every result's identity.",
                "name: toy,|name: toy, version: 2026,|6:30: spec.data.version: is the number 2026, but must be a text;"
                        + " write `2026`",
                "targets: [de, fr]|targets: [de, en]|9:17: spec.targets[1]: the source language is measured anyway: take it out of"
                        + " targets",
                "type: SequenceClassification|type: SequenceClassification, head: Biaffine|5:46: spec.task.head: head"
                        + " Biaffine is for DependencyParsing; leave head out",
                "fineTune: {epochs: 2}|{fineTune: {}, pretrain: {}}|12:7: spec.stages[0]: a stage is exactly one"
                        + " method: pretrain, fineTune, languageAdaptation, ear, randomizedSmoothing, adversarialTraining,"
                        + " iwda, distill, selfTrain, adversarialAlign, interpolate, analyse or project; write further methods as further items of the list",
                "claim: datasets|claim: datasets, uri: `s3://b/k`|6:31: spec.data.location: say where the files lie by"
                        + " exactly one of uri, claim and generated",
            })
    void a_mistake_is_told_with_its_place_and_its_remedy(String replaced, String by, String expected) {
        assertThat(problems(replaced, by.replace('`', '"'))).contains("m.yaml:" + expected.replace('`', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "location: {uri: `hf://org/name`}|a store is a claim, a bucket",
                "location: {uri: `https://host/x`}|a store is a claim, a bucket",
                "location: {generated: {}}|a store cannot be generated",
                "location: {uri: `s3://`}|an address that starts with",
                "location: {uri: `s3://Lab/x`}|write s3://BUCKET/FOLDER; BUCKET has 3 to 63 lower-case letters",
                "location: {uri: `s3://lab//x`}|write s3://BUCKET/FOLDER",
                "location: {claim: lab}, secretRef: {name: keys}|secretRef holds the keys of a bucket",
                "location: {uri: `s3://lab`}, secretRef: {name: Keys}|lower-case",
                "location: {uri: `s3://lab`}, secretRef: keys|",
            })
    void results_are_kept_only_where_they_can_be(String storage, @Nullable String expected) {
        assertThat(problems("seeds: [1, 2]", "seeds: [1, 2]\n  storage: {" + storage.replace('`', '"') + "}"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("spec.storage").contains(expected == null ? "" : expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lab", "s3://lab/", "s3://lab.example-1/a/b", "file:///tmp/store"})
    void a_store_may_be_a_bucket_or_a_folder(String uri) {
        assertThat(problems("seeds: [1, 2]", "seeds: [1, 2]\n  storage: {location: {uri: \"" + uri + "\"}}"))
                .isEmpty();
    }

    @Test
    void a_key_that_stands_twice_is_told_with_both_places() {
        assertThat(problems("source: en", "source: en\n  source: de"))
                .containsExactly("m.yaml:9:3: source stands twice in the same map, first in line 8; keep one of them");
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "n, false"})
    void a_key_that_kubectl_would_read_as_a_truth_value_is_told_to_be_quoted(String key, boolean read) {
        assertThat(problems("seeds: [1, 2]", "runtime: {pod: {labels: {%s: a}}}".formatted(key)))
                .anySatisfy(problem -> assertThat(problem)
                        .endsWith("kubectl reads the bare word %s as %s, also where it is a key; write \"%s\""
                                .formatted(key, read, key)));
        assertThat(problems("seeds: [1, 2]", "runtime: {pod: {labels: {\"%s\": a}}}".formatted(key)))
                .noneMatch(problem -> problem.contains("bare word"));
    }

    @Test
    void another_version_or_kind_is_told_what_to_write() {
        assertThat(problems("isogloss.dev/v1alpha1", "isogloss.dev/v1"))
                .containsExactly("m.yaml:1:13: apiVersion: is \"isogloss.dev/v1\"; write isogloss.dev/v1alpha1");
        assertThat(problems("kind: TransferExperiment", "kind: TransferExperment"))
                .containsExactly("m.yaml:2:7: kind: is \"TransferExperment\"; did you mean TransferExperiment?");
        assertThat(problems("kind: TransferExperiment\n", ""))
                .containsExactly("m.yaml:1:1: kind: is missing; write kind: TransferExperiment");
    }

    @Test
    void other_kinds_in_the_file_are_passed_over_with_a_note() {
        var checked =
                ManifestReader.check("m.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n---\n" + SMALL);

        assertThat(checked.manifests()).hasSize(1);
        assertThat(checked.notes())
                .containsExactly("m.yaml:1: passed over a Namespace; only Isogloss's own kinds are read");
    }

    @Test
    void an_empty_file_is_told_how_to_start() {
        assertThat(problems("# nothing\n"))
                .containsExactly("m.yaml: is empty; a manifest starts with apiVersion: isogloss.dev/v1alpha1");
    }

    @Test
    void a_tab_is_told_apart_from_other_broken_yaml() {
        assertThat(problems("  source: en", "\tsource: en"))
                .containsExactly("m.yaml:8:1: a tab stands where YAML wants spaces; indent by spaces");
        assertThat(problems("  source: en", "  source: \"en"))
                .singleElement()
                .asString()
                .contains("no YAML");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "source: en|source:\u00a0en|U+00A0 (no-break space) stands where YAML wants a plain space",
                "source: en|\u00a0\u00a0source: en|U+00A0 (no-break space) stands where YAML wants a plain space",
                "source: en|source: en\u00a0|U+00A0 (no-break space)",
                "source: en|source: \u3000en|U+3000 (ideographic space)",
                "source: en|\u200bsource: en|U+200B (zero width space)",
                "source: en|source: “en”|“ is no quotation mark for YAML; write \" instead",
                "source: en|source: „en“|„ is no quotation mark for YAML",
                "source: en|source: {“en”: 1|“ is no quotation mark for YAML",
                "source: en|source: @en|found character '@' that cannot start any token)",
                "source: en|source: \"e\\ud83dn\"|half of a character (a surrogate) stands here",
                "source: en|source: e\u001bn|U+001B stands here, a control character",
                "source: en|source: en¶\ttargets: [de]|a tab stands where YAML wants spaces"
            })
    void what_word_processors_leave_is_told_in_words(String replaced, String by, String expected) {
        assertThat(problems(replaced, by.replace('¶', '\n')))
                .anySatisfy(problem -> assertThat(problem).contains(expected).doesNotContain("Do not use"));
    }

    @ParameterizedTest
    @CsvSource({
        "data/{language}.tsv, true", "a, true", ".hidden/..a/a../b..c/..., true", "./a//b/, true", ".., false",
        "../a, false", "a/../../b, false", "a/.., false", "a/../, false", "/a, false"
    })
    void a_path_stays_inside_its_claim(String path, boolean allowed) {
        List<String> problems = problems("{language}/{split}.jsonl", path);

        if (allowed) assertThat(problems).isEmpty();
        else assertThat(problems).singleElement().asString().contains("a path without leading /, without .. and");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{lang}/{split}.jsonl", "{language}/{{split}}.jsonl", "{language/{split}.jsonl", "{Language}.tsv"
            })
    void a_placeholder_that_does_not_exist_is_told_with_those_that_do(String path) {
        String told = "write {language} or {split} in path and uri; there are no other placeholders";

        assertThat(problems("{language}/{split}.jsonl", path))
                .singleElement()
                .asString()
                .contains("spec.data.location", told);
        assertThat(problems("claim: datasets, path: \"{language}/{split}.jsonl\"", "uri: \"s3://lab/" + path + "\""))
                .singleElement()
                .asString()
                .contains(told);
        assertThat(problems("{language}/{split}.jsonl\"}", "x\"}, languages: [{language: de, path: \"" + path + "\"}]"))
                .singleElement()
                .asString()
                .contains("write {language} or {split} in path;");
    }

    @Test
    void text_between_quotation_marks_may_hold_what_looks_like_them() {
        assertThat(problems(
                        "type: SequenceClassification",
                        "type: SequenceClassification, labels: [\"“a”\", \"b\\u00a0\"]"))
                .isEmpty();
    }

    @Test
    void of_very_many_mistakes_the_first_are_told_and_the_others_counted() {
        StringBuilder fields = new StringBuilder("source: en");
        for (int i = 0; i < 3000; i++) fields.append("\n  nothing").append(i).append(": 1");

        assertThat(problems("source: en", fields.toString()))
                .hasSize(51)
                .last()
                .isEqualTo("m.yaml: has 2,950 further mistakes; mend these first");
    }

    @Test
    void anchors_work_and_bombs_do_not_go_off() {
        String anchored = SMALL.replace("- fineTune: {epochs: 2}", "- fineTune: &f {epochs: 2}\n    - fineTune: *f");
        assertThat(Manifests.spec(anchored).stages()).hasSize(2);

        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++)
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("x]\n");
        assertThat(problems(bomb.toString())).singleElement().asString().contains("write less");
    }

    @Test
    void a_merge_key_gives_what_is_not_said_here() {
        String merged = SMALL.replace(
                "- fineTune: {epochs: 2}",
                "- fineTune: &f {epochs: 2, batchSize: 4}\n    - fineTune: {<<: *f, epochs: 3}");
        var second = Manifests.fineTune(merged, 1);

        assertThat(second.epochs()).isEqualTo(3);
        assertThat(second.batchSize()).isEqualTo(4);
    }

    @Test
    void null_counts_as_not_written() {
        assertThat(Manifests.fineTune(SMALL.replace("{epochs: 2}", "{epochs: ~}"), 0)
                        .epochs())
                .isEqualTo(4);
    }

    @Test
    void numbers_are_read_as_kubectl_reads_them() {
        var stage = Manifests.fineTune(
                SMALL.replace("{epochs: 2}", "{learningRate: 1e-5, batchSize: 0x10, epochs: .5}"), 0);

        assertThat(stage.learningRate()).isEqualTo(0.00001);
        assertThat(stage.batchSize()).isEqualTo(16);
        assertThat(stage.epochs()).isEqualTo(0.5);
    }

    @Test
    void a_gpu_may_be_counted_by_a_number_and_memory_by_a_word() {
        String limits = "runtime: {resources: {limits: {\"nvidia.com/gpu\": 1, memory: 16Gi}}}\n  stages:";
        var runtime = Manifests.spec(SMALL.replace("stages:", limits)).common().runtime();

        assertThat(runtime.resources())
                .isEqualTo(new dev.isogloss.api.cluster.Resources(
                        null, java.util.Map.of("nvidia.com/gpu", "1", "memory", "16Gi")));
    }

    @Test
    void the_file_itself_is_asked_first(@TempDir Path folder) throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        Path marked = Files.writeString(folder.resolve("bom.yaml"), "\uFEFF" + SMALL);
        Path huge = Files.write(folder.resolve("huge.yaml"), new byte[4 * 1024 * 1024]);

        assertThat(ManifestReader.read(marked)).hasSize(1);
        assertThatThrownBy(() -> ManifestReader.read(latin))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> ManifestReader.read(huge)).hasMessageContaining("Is it the right file?");
        assertThatThrownBy(() -> ManifestReader.read(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> ManifestReader.read(folder.resolve("none.yaml")))
                .hasMessageContaining("There is no file");
    }

    /// In a cluster the second one would take the place of the first.
    @Test
    void two_documents_of_one_kind_and_name_are_refused_and_of_two_namespaces_not() {
        String second = SMALL.replace("metadata: {name: ", "metadata: {namespace: other, name: ");

        assertThat(ManifestReader.read("m.yaml", SMALL + "\n---\n" + second)).hasSize(2);
        assertThat(problems(SMALL + "\n---\n" + SMALL))
                .singleElement()
                .asString()
                .contains(": metadata.name: is ", ", as that of another TransferExperiment of the file;");
    }

    @ParameterizedTest
    @CsvSource({
        "'{stages: []}', TransferExperiment",
        "'{models: [], strategy: {}}', CoTrainingRun",
        "'{template: {}, systems: []}', TransferBenchmark"
    })
    void a_missing_kind_is_guessed_from_the_fields(String spec, String kind) {
        assertThat(problems("apiVersion: isogloss.dev/v1alpha1\nmetadata: {name: a}\nspec: " + spec + "\n"))
                .containsExactly("m.yaml:1:1: kind: is missing; write kind: " + kind);
    }
}
