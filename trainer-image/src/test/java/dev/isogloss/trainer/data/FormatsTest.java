package dev.isogloss.trainer.data;

import static dev.isogloss.api.data.DataFormat.*;
import static dev.isogloss.api.task.TaskType.*;
import static dev.isogloss.trainer.data.WrittenFiles.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Fields;
import dev.isogloss.api.data.SplitSource;
import dev.isogloss.trainer.files.InputFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatsTest {
    @TempDir
    Path folder;

    @Test
    void json_lines_give_text_label_and_id() {
        Path file = file(folder, "a.jsonl", """
                {"id": "x", "text": "one", "label": "good"}

                {"text": "two", "label": 3}
                {"text": "three"}
                """);

        assertThat(read(file, JsonLines, SequenceClassification).examples())
                .containsExactly(
                        new TextExample("x", "one", null, "good"),
                        new TextExample("3", "two", null, "3"),
                        new TextExample("4", "three", null, null));
    }

    @Test
    void json_lines_are_read_by_the_manifests_fields() {
        Path file = file(folder, "a.jsonl", "{\"a\": \"one\", \"b\": \"two\", \"gold\": \"yes\", \"n\": 7}\n");
        var identity = dataset(JsonLines, new Fields("a", "b", "gold", "n"), Map.of());

        assertThat(DatasetReader.read(identity, InputFile.anywhere(file), "en", "dev", SequencePairClassification)
                        .examples())
                .containsExactly(new TextExample("7", "one", "two", "yes"));
    }

    @Test
    void json_lines_of_words_and_tags_are_tagged_sentences() {
        Path file = file(folder, "a.jsonl", "{\"text\": [\"in\", \"Oslo\"], \"label\": [\"O\", \"I-LOC\"]}\n");

        assertThat(read(file, JsonLines, NamedEntityRecognition).examples())
                .containsExactly(new TaggedExample("1", List.of("in", "Oslo"), List.of("O", "B-LOC")));
    }

    @Test
    void a_table_is_read_with_its_header_or_without() {
        Path named = file(folder, "a.tsv", "label\ttext\ngood\tone\n");
        Path bare = file(folder, "b.tsv", "one\tgood\n");
        Path numbered = file(folder, "c.tsv", "x\tgood\tone\n");
        var byNumber = dataset(TabSeparated, new Fields("3", null, "2", "1"), Map.of());

        assertThat(read(named, TabSeparated, SequenceClassification).examples())
                .containsExactly(new TextExample("2", "one", null, "good"));
        assertThat(read(bare, TabSeparated, SequenceClassification).examples())
                .containsExactly(new TextExample("1", "one", null, "good"));
        assertThat(DatasetReader.read(byNumber, InputFile.anywhere(numbered), "en", "dev", SequenceClassification)
                        .examples())
                .containsExactly(new TextExample("x", "one", null, "good"));
    }

    @Test
    void a_table_without_the_named_column_names_the_nearest() {
        Path file = file(folder, "a.tsv", "sentense\tlabel\none\tgood\n");
        var identity = dataset(TabSeparated, new Fields("sentence", null, "label", null), Map.of());

        assertThatThrownBy(() ->
                        DatasetReader.read(identity, InputFile.anywhere(file), "en", "dev", SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 names no column \"sentence\"; did you mean \"sentense\"?");
    }

    @Test
    void a_table_whose_label_is_misspelt_is_not_taken_for_one_without_labels() {
        Path misspelt = file(folder, "a.tsv", "text\tlabels\none\tgood\n");
        Path without = file(folder, "b.tsv", "id\ttext\n7\tone\n");

        assertThatThrownBy(() -> read(misspelt, TabSeparated, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 1 names no column \"label\"; did you mean \"labels\"?");
        assertThat(read(without, TabSeparated, SequenceClassification).examples())
                .containsExactly(new TextExample("7", "one", null, null));
    }

    @Test
    void the_original_xnli_file_is_read_by_language() {
        Path file = file(folder, "xnli.dev.tsv", """
                language\tgold_label\tsentence1_binary_parse\tsentence1\tsentence2\tpairID
                ar\tneutral\t\tA\tB\t1
                en\tentailment\t\tC\tD\t2
                """);

        assertThat(read(file, Xnli, SequencePairClassification).examples())
                .containsExactly(new TextExample("2", "C", "D", "entailment"));
        assertThatThrownBy(() -> DatasetReader.read(
                        dataset(Xnli), InputFile.anywhere(file), "xx", "dev", SequencePairClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("its languages are [ar, en]");
    }

    @Test
    void translated_xnli_spells_contradiction_its_own_way() {
        Path file = file(folder, "multinli.train.en.tsv", "premise\thypo\tlabel\nA\tB\tcontradictory\n");

        Split split = read(file, Xnli, SequencePairClassification);

        assertThat(split.examples()).containsExactly(new TextExample("2", "A", "B", "contradiction"));
        assertThat(split.notes()).singleElement().asString().contains("read as \"contradiction\"");
    }

    @Test
    void xtremes_bare_columns_are_xnli_and_paws_x_too() {
        Path labelled = file(folder, "dev-en.tsv", "A \"quoted\tB\tneutral\n");
        Path unlabelled = file(folder, "test-en.tsv", "A\tB\n");
        Path paws = file(folder, "paws-en.tsv", "A\tB\t1\n");

        assertThat(read(labelled, Xnli, SequencePairClassification).examples())
                .containsExactly(new TextExample("1", "A \"quoted", "B", "neutral"));
        assertThat(read(unlabelled, Xnli, SequencePairClassification).examples())
                .containsExactly(new TextExample("1", "A", "B", null));
        assertThat(read(paws, PawsX, SequencePairClassification).examples())
                .containsExactly(new TextExample("1", "A", "B", "1"));
    }

    @Test
    void paws_x_has_a_header_of_its_own() {
        Path file = file(folder, "dev_2k.tsv", "id\tsentence1\tsentence2\tlabel\n9\tA\tB\t0\n");

        assertThat(read(file, PawsX, SequencePairClassification).examples())
                .containsExactly(new TextExample("9", "A", "B", "0"));
    }

    @Test
    void wiki_ann_is_read_with_its_language_prefix_and_without() {
        Path prefixed = file(folder, "a.tsv", "en:in\tO\nen::\tO\nen:Oslo\tB-LOC\n\nen:x\tO");
        Path plain = file(folder, "b.tsv", "in\tO\n:\tO\nOslo\tB-LOC\n\nx\tO");

        for (Path file : List.of(prefixed, plain))
            assertThat(read(file, WikiAnn, NamedEntityRecognition).examples())
                    .containsExactly(
                            new TaggedExample("1", List.of("in", ":", "Oslo"), List.of("O", "O", "B-LOC")),
                            new TaggedExample("5", List.of("x"), List.of("O")));
    }

    @Test
    void wikineurals_running_numbers_are_left_out() {
        Path file = file(folder, "a.conllu", "0\tin\tO\n1\tOslo\tB-LOC\n\n0\tx\tO\n");

        assertThat(read(file, WikiAnn, NamedEntityRecognition).examples())
                .containsExactly(
                        new TaggedExample("1", List.of("in", "Oslo"), List.of("O", "B-LOC")),
                        new TaggedExample("4", List.of("x"), List.of("O")));
    }

    @Test
    void conll_takes_first_and_last_column_and_leaves_out_document_starts() {
        Path file = file(folder, "eng.testa", """
                -DOCSTART- -X- O O

                EU NNP I-NP I-ORG
                rejects VBZ I-VP O
                German JJ I-NP I-MISC
                EU NNP I-NP I-ORG
                """);

        assertThat(read(file, Conll, NamedEntityRecognition).examples())
                .containsExactly(new TaggedExample(
                        "3", List.of("EU", "rejects", "German", "EU"), List.of("B-ORG", "O", "B-MISC", "B-ORG")));
    }

    @Test
    void words_of_white_space_alone_keep_their_place() {
        Path file = file(folder, "a.tsv", "a\tO\n\u3000\tO\n\tO\n\u00a0\tB-PER\n");

        assertThat(read(file, WikiAnn, NamedEntityRecognition).examples())
                .containsExactly(
                        new TaggedExample("1", List.of("a", "\u3000", "", "\u00a0"), List.of("O", "O", "O", "B-PER")));
    }

    @Test
    void words_of_any_white_space_keep_their_place_between_blanks_too() {
        Path file = file(folder, "a.txt", "a O\n\u3000 O\n\u2028 O\n\u2003 B-PER\n \t \nb O\n");

        assertThat(read(file, Conll, NamedEntityRecognition).examples())
                .containsExactly(
                        new TaggedExample(
                                "1", List.of("a", "\u3000", "\u2028", "\u2003"), List.of("O", "O", "O", "B-PER")),
                        new TaggedExample("6", List.of("b"), List.of("O")));
    }

    @Test
    void files_without_a_tag_for_any_word_are_unlabelled() {
        Path underscores = file(folder, "a.txt", "a _\nb _\n");
        Path universal = file(folder, "b.conllu", CONLLU.replaceAll("VERB|ADP|DET|NOUN", "_"));

        assertThat(read(underscores, Conll, PartOfSpeechTagging).examples())
                .containsExactly(new TaggedExample("1", List.of("a", "b"), null));
        assertThat(read(universal, ConllU, PartOfSpeechTagging).examples())
                .containsExactly(new TaggedExample("s1", List.of("Vamos", "a", "el", "mar"), null));
    }

    @Test
    void empty_cells_at_the_end_of_a_row_do_no_harm() {
        Path table = file(folder, "a.tsv", "text\tlabel\na\tx\t\t\nb\ty\n");
        Path words = file(folder, "b.tsv", "a\tO\nb\tO\t\nc\tO\n");

        assertThat(read(table, TabSeparated, SequenceClassification).examples())
                .containsExactly(new TextExample("2", "a", null, "x"), new TextExample("3", "b", null, "y"));
        assertThat(read(words, WikiAnn, NamedEntityRecognition).examples())
                .containsExactly(new TaggedExample("1", List.of("a", "b", "c"), List.of("O", "O", "O")));
    }

    @Test
    void tags_that_are_counted_are_asked_for_by_name() {
        Path file = file(folder, "a.jsonl", "{\"text\": [\"Ada\"], \"label\": [1]}\n");

        assertThatThrownBy(() -> read(file, JsonLines, NamedEntityRecognition))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(
                        "line 1: \"1\" is no entity tag. It is a number, and the names of the tags are needed");
    }

    @Test
    void tags_of_another_scheme_are_refused() {
        Path file = file(folder, "a.tsv", "a\tO\n\nb\tS-PER\n");

        assertThatThrownBy(() -> read(file, WikiAnn, NamedEntityRecognition))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("sentence at line 3: \"S-PER\" is no entity tag")
                .hasMessageContaining("convert E- to I- and S- to B- (BIOES), L- to I- and U- to B- (BILOU)");
    }

    @Test
    void a_word_without_a_tag_is_named_with_its_line() {
        Path file = file(folder, "a.tsv", "a\tO\nb\n");

        assertThatThrownBy(() -> read(file, WikiAnn, NamedEntityRecognition))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("line 2 has a word (\"b\") without a tag");
    }

    @Test
    void a_file_of_words_alone_is_unlabelled() {
        Path file = file(folder, "a.tsv", "a\nb\n\nc\n");

        assertThat(read(file, WikiAnn, NamedEntityRecognition).examples())
                .containsExactly(
                        new TaggedExample("1", List.of("a", "b"), null), new TaggedExample("4", List.of("c"), null));
    }

    private static final String CONLLU = """
            # sent_id = s1
            # text = Vamos al mar
            1\tVamos\tir\tVERB\t_\t_\t0\troot\t_\t_
            2-3\tal\t_\t_\t_\t_\t_\t_\t_\t_
            2\ta\ta\tADP\t_\t_\t4\tcase\t_\t_
            3\tel\tel\tDET\t_\t_\t4\tdet\t_\t_
            3.1\t_\t_\t_\t_\t_\t_\t_\t_\t_
            4\tmar\tmar\tNOUN\t_\t_\t1\tobl:arg\t_\t_

            """;

    @Test
    void conll_u_gives_words_and_parts_of_speech_without_ranges_and_empty_nodes() {
        Path file = file(folder, "a.conllu", CONLLU);

        assertThat(read(file, ConllU, PartOfSpeechTagging).examples())
                .containsExactly(new TaggedExample(
                        "s1", List.of("Vamos", "a", "el", "mar"), List.of("VERB", "ADP", "DET", "NOUN")));
    }

    @Test
    void conll_u_gives_trees_for_parsing() {
        Path file = file(folder, "a.conllu", CONLLU);

        assertThat(read(file, ConllU, DependencyParsing).examples())
                .containsExactly(new ParsedExample(
                        "s1",
                        List.of("Vamos", "a", "el", "mar"),
                        List.of("VERB", "ADP", "DET", "NOUN"),
                        List.of(0, 4, 4, 1),
                        List.of("root", "case", "det", "obl:arg")));
    }

    @Test
    void a_head_outside_the_sentence_is_refused() {
        Path file = file(folder, "a.conllu", "1\tVamos\tir\tVERB\t_\t_\t7\troot\t_\t_\n");

        assertThatThrownBy(() -> read(file, ConllU, DependencyParsing))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("head 7 does not exist; the sentence has 1 words");
    }

    @Test
    void words_that_hang_on_each_other_in_a_circle_are_refused() {
        Path file = file(
                folder,
                "a.conllu",
                CONLLU + "\n"
                        + "1\tWe\t_\tPRON\t_\t_\t2\tnsubj\t_\t_\n"
                        + "2\tgo\t_\tVERB\t_\t_\t3\troot\t_\t_\n"
                        + "3\tnow\t_\tADV\t_\t_\t2\tadvmod\t_\t_\n");

        assertThatThrownBy(() -> read(file, ConllU, DependencyParsing))
                .isInstanceOf(InvalidInput.class)
                .hasMessageMatching(
                        "(?s).*the heads of word [23] \\(\"(go|now)\"\\) lead back to it and not to the root.*");
        assertThat(read(file, ConllU, PartOfSpeechTagging).size()).isEqualTo(2);
    }

    @Test
    void reviews_come_as_json_lines_and_as_a_table() {
        Path json = file(folder, "a.json", """
                {"review_id": "de_1", "stars": "1", "review_body": "schlecht", "review_title": "-", "language": "de"}
                {"review_id": "en_1", "stars": "5", "review_body": "great", "review_title": "wow", "language": "en"}
                """);
        Path table = file(folder, "a.csv", "index,text,stars\n0,\"great, \"\"really\"\"\nindeed\",5\n1,plain,1\n");

        assertThat(read(json, Marc, SequenceClassification).examples())
                .containsExactly(new TextExample("en_1", "great", null, "5"));
        assertThat(read(table, Marc, SequenceClassification).examples())
                .containsExactly(
                        new TextExample("0", "great, \"really\"\nindeed", null, "5"),
                        new TextExample("1", "plain", null, "1"));
    }

    @Test
    void a_split_is_cut_out_of_another_file() {
        Path file = file(folder, "dev.tsv", "a\tx\nb\ty\nc\tx\n");
        var identity = dataset(
                TabSeparated,
                null,
                Map.of(
                        "", Map.of("train", new SplitSource("dev", 1, 2)),
                        "de", Map.of("train", new SplitSource("dev", 3, null)),
                        "fr", Map.of("train", new SplitSource("dev", 3, 9))));

        assertThat(DatasetReader.read(identity, InputFile.anywhere(file), "en", "train", SequenceClassification)
                        .examples())
                .extracting(Example::id)
                .containsExactly("1", "2");
        assertThat(DatasetReader.read(identity, InputFile.anywhere(file), "de", "train", SequenceClassification)
                        .examples())
                .extracting(Example::id)
                .containsExactly("3");
        assertThatThrownBy(() ->
                        DatasetReader.read(identity, InputFile.anywhere(file), "fr", "train", SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("asks for examples 3 to 9, but")
                .hasMessageContaining("has 3");
    }

    @Test
    void a_format_that_does_not_fit_the_task_is_refused() {
        Path file = file(folder, "a.tsv", "a\tO\n");

        assertThatThrownBy(() -> read(file, WikiAnn, SequenceClassification))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("format WikiAnn hold no examples for the task SequenceClassification")
                .hasMessageContaining("NamedEntityRecognition");
    }
}
