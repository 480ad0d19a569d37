package dev.isogloss.trainer.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.task.Parser;
import dev.isogloss.api.task.TaskSpec;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.json.Sha256;
import dev.isogloss.trainer.data.Example;
import dev.isogloss.trainer.data.LabelSet;
import dev.isogloss.trainer.data.ParsedExample;
import dev.isogloss.trainer.data.SourceFile;
import dev.isogloss.trainer.data.Split;
import dev.isogloss.trainer.data.TaggedExample;
import dev.isogloss.trainer.data.TextExample;
import dev.isogloss.trainer.task.Item;
import dev.isogloss.trainer.task.Task;
import dev.isogloss.trainer.tokenizer.Openings;
import dev.isogloss.trainer.tokenizer.Tokenizer;
import dev.isogloss.trainer.tokenizer.WordPieceTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFilesTest {
    private static final int LONGEST = 12;
    private static final long ROOM = 1 << 30;
    private static final Map<TaskType, LabelSet> LABELS = Map.of(
            TaskType.SequenceClassification, new LabelSet(List.of("sea", "land")),
            TaskType.SequencePairClassification, new LabelSet(List.of("sea", "land")),
            TaskType.NamedEntityRecognition, new LabelSet(List.of("B-LOC", "O")),
            TaskType.PartOfSpeechTagging, new LabelSet(List.of("NOUN", "VERB")),
            TaskType.DependencyParsing, new LabelSet(List.of("nsubj", "obj", "root")));
    private static String json = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void train() {
        List<String> texts =
                IntStream.range(0, 200).mapToObj(ItemFilesTest::sentence).toList();
        json = WordPieceTrainer.train(texts, 120, false, _ -> {});
    }

    private static String sentence(int i) {
        return "rivers run from mountains to seas and cities stand on rivers ".repeat(1 + i % 3) + i;
    }

    private static Tokenizer tokenizer() {
        return Tokenizer.of(json, LONGEST);
    }

    private ItemFiles files(long limit) {
        return new ItemFiles(folder.resolve("tokens"), limit);
    }

    private List<Path> kept() throws IOException {
        if (!Files.exists(folder.resolve("tokens"))) return List.of();
        try (Stream<Path> files = Files.list(folder.resolve("tokens"))) {
            return files.sorted().toList();
        }
    }

    private static Task task(TaskType type) {
        return Task.of(new TaskSpec(type, null, null, false));
    }

    private static Split split(int size, IntFunction<Example> example) {
        return Split.of(
                "en",
                "train",
                IntStream.range(0, size).mapToObj(example).toList(),
                new SourceFile("x", Path.of("x"), "0".repeat(64), 1));
    }

    private static Split split(TaskType type) {
        return split(700, i -> example(type, i));
    }

    private static Example example(TaskType type, int i) {
        List<String> words = List.of(sentence(i).split(" "));
        return switch (type) {
            case SequenceClassification ->
                new TextExample("e" + i, sentence(i), null, i % 5 == 0 ? null : i % 2 == 0 ? "sea" : "land");
            case SequencePairClassification -> new TextExample("e" + i, sentence(i), sentence(i / 2), "sea");
            case NamedEntityRecognition ->
                new TaggedExample("e" + i, words, i % 3 == 0 ? null : Collections.nCopies(words.size(), "O"));
            case PartOfSpeechTagging -> new TaggedExample("e" + i, words, Collections.nCopies(words.size(), "VERB"));
            case DependencyParsing ->
                new ParsedExample(
                        "e" + i,
                        words,
                        Collections.nCopies(words.size(), "NOUN"),
                        IntStream.range(0, words.size()).boxed().toList(),
                        IntStream.range(0, words.size())
                                .mapToObj(at -> at == 0 ? "root" : "nsubj:pass")
                                .toList());
        };
    }

    private List<Item> items(TaskType type, Tokenizer tokenizer) {
        return files(ROOM).items(task(type), split(type), LABELS.get(type), tokenizer, LONGEST);
    }

    private static void assertSame(List<Item> found, List<Item> expected) {
        assertThat(found.stream().map(ItemFilesTest::shown).toList())
                .isEqualTo(expected.stream().map(ItemFilesTest::shown).toList());
    }

    private static List<Object> shown(Item item) {
        return List.of(
                item.example(),
                item.first(),
                Arrays.toString(item.ids()),
                Arrays.toString(item.types()),
                Arrays.toString(item.positions()),
                Arrays.toString(item.targets()));
    }

    /// The second process has a tokenizer that can read nothing any more.
    @ParameterizedTest
    @EnumSource
    void another_process_has_the_very_items_without_tokenising(TaskType type) throws IOException {
        List<Item> made;
        try (Tokenizer tokenizer = tokenizer()) {
            made = items(type, tokenizer);
            assertSame(made, task(type).items(split(type), LABELS.get(type), tokenizer, LONGEST));
        }
        assertThat(kept()).hasSize(1);

        Tokenizer closed = tokenizer();
        closed.close();

        assertSame(items(type, closed), made);
    }

    /// Whoever changes what is made of a text sees this fail: raise REVISION in ItemKey or Tokenizer, then put the new
    /// digest here. Otherwise stores go on with items of the old code.
    @Test
    void what_is_made_of_a_text_changes_with_a_revision_only() {
        try (Tokenizer tokenizer = tokenizer()) {
            List<String> digests = Stream.of(TaskType.values())
                    .map(type -> Sha256.of(ItemCodec.bytes(
                                    task(type).items(split(type), LABELS.get(type), tokenizer, LONGEST)))
                            .substring(0, 8))
                    .toList();

            assertThat(digests).containsExactly("8a263909", "ead09760", "16fc9bcf", "3fda4ba6", "8040d2ac");
        }
    }

    @Test
    void everything_that_decides_items_has_its_own_file() throws IOException {
        Split split = split(TaskType.SequenceClassification);
        Task task = task(TaskType.SequenceClassification);
        LabelSet labels = LABELS.get(TaskType.SequenceClassification);
        Split otherText = split.map(
                example -> example.id().equals("e7") ? new TextExample("e7", "no river", null, "land") : example);
        Split otherLabel = split.map(
                example -> example.id().equals("e7") ? new TextExample("e7", sentence(7), null, "sea") : example);
        Split movedBorder = split.map(
                example -> example.id().equals("e7") ? new TextExample("e7", "", sentence(7), "land") : example);
        try (Tokenizer tokenizer = tokenizer();
                Tokenizer longer = Tokenizer.of(json, LONGEST + 1);
                Tokenizer other = Tokenizer.of(json.replace("\"rivers\"", "\"revirs\""), LONGEST)) {
            files(ROOM).items(task, split, labels, tokenizer, LONGEST);
            files(ROOM).items(task, otherText, labels, tokenizer, LONGEST);
            files(ROOM).items(task, otherLabel, labels, tokenizer, LONGEST);
            files(ROOM).items(task, movedBorder, labels, tokenizer, LONGEST);
            files(ROOM).items(task, split.slice(0, 699), labels, tokenizer, LONGEST);
            files(ROOM).items(task, split, new LabelSet(List.of("land", "sea")), tokenizer, LONGEST);
            files(ROOM).items(task, split, labels, longer, LONGEST + 1);
            files(ROOM).items(task, split, labels, other, LONGEST);
            files(ROOM).items(task(TaskType.SequencePairClassification), split, labels, tokenizer, LONGEST);
        }

        assertThat(kept()).hasSize(9);
    }

    @Test
    void parsers_that_learn_different_roots_have_different_files() throws IOException {
        Split split = split(TaskType.DependencyParsing);
        LabelSet labels = LABELS.get(TaskType.DependencyParsing);
        try (Tokenizer tokenizer = tokenizer()) {
            for (Parser.Root root : Parser.Root.values()) {
                TaskSpec spec =
                        new TaskSpec(TaskType.DependencyParsing, null, null, false, new Parser(512, 128, 0.33, root));
                files(ROOM).items(Task.of(spec), split, labels, tokenizer, LONGEST);
            }
        }

        assertThat(kept()).hasSize(Parser.Root.values().length);
    }

    @Test
    void a_label_that_the_model_does_not_know_is_refused_as_ever() {
        Split split = split(TaskType.SequenceClassification);
        try (Tokenizer tokenizer = tokenizer()) {
            items(TaskType.SequenceClassification, tokenizer);

            assertThatThrownBy(() -> files(ROOM)
                            .items(
                                    task(TaskType.SequenceClassification),
                                    split,
                                    new LabelSet(List.of("sea", "sky")),
                                    tokenizer,
                                    LONGEST))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("land");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 32, 33, 5_000})
    void a_file_that_ends_too_early_is_made_anew(int length) throws IOException {
        try (Tokenizer tokenizer = tokenizer()) {
            List<Item> made = items(TaskType.NamedEntityRecognition, tokenizer);
            Path file = kept().getFirst();
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, length));

            assertSame(items(TaskType.NamedEntityRecognition, tokenizer), made);
            assertThat(file).hasBinaryContent(whole);
        }
    }

    @Test
    void a_file_with_a_flipped_bit_is_made_anew() throws IOException {
        try (Tokenizer tokenizer = tokenizer()) {
            List<Item> made = items(TaskType.PartOfSpeechTagging, tokenizer);
            Path file = kept().getFirst();
            byte[] whole = Files.readAllBytes(file);
            for (int at : new int[] {0, 31, 32, whole.length / 2, whole.length - 1}) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 1;
                Files.write(file, flipped);

                assertSame(items(TaskType.PartOfSpeechTagging, tokenizer), made);
                assertThat(file).hasBinaryContent(whole);
            }
        }
    }

    @Test
    void a_few_texts_are_not_worth_a_file() throws IOException {
        try (Tokenizer tokenizer = tokenizer()) {
            Split few = split(20, i -> example(TaskType.SequenceClassification, i));
            files(ROOM)
                    .items(
                            task(TaskType.SequenceClassification),
                            few,
                            LABELS.get(TaskType.SequenceClassification),
                            tokenizer,
                            LONGEST);
        }

        assertThat(kept()).isEmpty();
    }

    /// Blanks behind the file stand for its pieces.
    @Test
    void a_few_texts_are_worth_one_where_a_large_tokenizer_need_not_be_opened_for_them() throws IOException {
        Task task = task(TaskType.SequenceClassification);
        LabelSet labels = LABELS.get(TaskType.SequenceClassification);
        Split few = split(20, i -> example(TaskType.SequenceClassification, i));
        String large = json + " ".repeat(1 << 16);
        try (Tokenizer tokenizer = Tokenizer.onDemand(large, LONGEST)) {
            files(ROOM).items(task, few, labels, tokenizer, LONGEST);
        }
        assertThat(kept()).hasSize(1);
        Tokenizer.forget();

        try (Tokenizer tokenizer = Tokenizer.onDemand(large, LONGEST)) {
            assertThat(Openings.of(() -> assertThat(files(ROOM).items(task, few, labels, tokenizer, LONGEST))
                            .hasSize(20)))
                    .isZero();
        }
    }

    @Test
    void what_was_of_no_use_for_longest_goes_first_when_there_is_no_room() throws IOException {
        try (Tokenizer tokenizer = tokenizer()) {
            items(TaskType.SequenceClassification, tokenizer);
            Path first = kept().getFirst();
            items(TaskType.NamedEntityRecognition, tokenizer);
            Path second = kept().stream()
                    .filter(file -> !file.equals(first))
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(first, FileTime.from(Instant.now().minusSeconds(9_000)));
            Files.setLastModifiedTime(second, FileTime.from(Instant.now().minusSeconds(8_000)));
            items(TaskType.SequenceClassification, tokenizer); // of use again
            long room = Files.size(first) + Files.size(second) + 100;

            files(room)
                    .items(
                            task(TaskType.SequencePairClassification),
                            split(TaskType.SequencePairClassification),
                            LABELS.get(TaskType.SequencePairClassification),
                            tokenizer,
                            LONGEST);

            assertThat(kept()).hasSize(2).contains(first).doesNotContain(second);
        }
    }

    @Test
    void a_folder_that_cannot_be_written_costs_nothing_but_time() throws IOException {
        Files.writeString(folder.resolve("tokens"), "a file where the folder should be");

        try (Tokenizer tokenizer = tokenizer()) {
            assertThat(items(TaskType.SequenceClassification, tokenizer)).hasSize(700);
        }
    }

    @Test
    void many_that_tokenise_a_split_at_once_leave_one_whole_file() throws Exception {
        try (Tokenizer tokenizer = tokenizer()) {
            Callable<List<Item>> one = () -> items(TaskType.SequencePairClassification, tokenizer);
            List<Future<List<Item>>> all = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (int i = 0; i < 6; i++) all.add(threads.submit(one));
            }

            for (Future<List<Item>> each : all)
                assertSame(each.get(), all.getFirst().get());
            assertThat(kept()).hasSize(1);
        }
    }
}
