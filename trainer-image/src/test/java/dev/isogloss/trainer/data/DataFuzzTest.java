package dev.isogloss.trainer.data;

import static dev.isogloss.api.data.DataFormat.*;
import static dev.isogloss.api.task.TaskType.*;
import static dev.isogloss.trainer.data.BrokenTexts.*;
import static dev.isogloss.trainer.data.WrittenFiles.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.DataFormat;
import dev.isogloss.api.task.TaskType;
import dev.isogloss.trainer.random.RandomStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files of every format, broken in every way that people's files are: each reads with all of its examples, or is
/// refused with file and line.
class DataFuzzTest {
    private static final int ROUNDS = 50;

    @TempDir
    Path folder;

    /// A format, and an example of it in lines.
    enum Kind {
        Texts(JsonLines, SequenceClassification, "", r -> "{\"text\": %s, \"label\": \"%s\"}"
                .formatted(json(r), label(r))),
        Pairs(
                JsonLines,
                SequencePairClassification,
                "",
                r -> "{\"id\": \"%d\", \"text\": %s, \"text2\": %s, \"label\": 1}"
                        .formatted(r.nextInt(1000), json(r), json(r))),
        Entities(JsonLines, NamedEntityRecognition, "", r -> "{\"text\": [%s, %s], \"label\": [\"B-PER\", \"O\"]}"
                .formatted(json(r), json(r))),
        Parts(JsonLines, PartOfSpeechTagging, "", r -> "{\"text\": [%s], \"label\": [\"NOUN\"]}".formatted(json(r))),
        NamedTable(TabSeparated, SequenceClassification, "id\ttext\tlabel\n", r -> "9\t" + text(r) + "\t" + label(r)),
        BareTable(TabSeparated, SequenceClassification, "", r -> text(r) + "\t" + label(r)),
        NamedPairs(TabSeparated, SequencePairClassification, "text\ttext2\tlabel\n", DataFuzzTest::pair),
        BarePairs(TabSeparated, SequencePairClassification, "", DataFuzzTest::pair),
        Premises(Xnli, SequencePairClassification, "premise\thypo\tlabel\n", DataFuzzTest::pair),
        BareXnli(Xnli, SequencePairClassification, "", DataFuzzTest::pair),
        Paraphrases(PawsX, SequencePairClassification, "id\tsentence1\tsentence2\tlabel\n", r -> "1\t" + pair(r)),
        BarePaws(PawsX, SequencePairClassification, "", DataFuzzTest::pair),
        Prefixed(WikiAnn, NamedEntityRecognition, "", r -> tagged(r, "en:%2$s\t%3$s", "B-PER", "O")),
        Numbered(WikiAnn, NamedEntityRecognition, "", r -> tagged(r, "%1$d\t%2$s\t%3$s", "B-PER", "O")),
        Columns(TabSeparated, PartOfSpeechTagging, "", r -> tagged(r, "%2$s\t%3$s", "NOUN", "VERB")),
        Blanks(Conll, NamedEntityRecognition, "", r -> tagged(r, "%2$s X %3$s", "I-LOC", "O")),
        BlankParts(Conll, PartOfSpeechTagging, "", r -> tagged(r, "%2$s %3$s", "NOUN", "VERB")),
        Universal(
                ConllU,
                PartOfSpeechTagging,
                "",
                r -> tagged(r, "%1$d\t%2$s\t_\t%3$s\t_\t_\t0\troot\t_\t_", "NOUN", "VERB")),
        Trees(
                ConllU,
                DependencyParsing,
                "",
                r -> tagged(r, "%1$d\t%2$s\t_\t%3$s\t_\t_\t0\troot\t_\t_", "NOUN", "VERB")),
        Reviews(
                Marc,
                SequenceClassification,
                "",
                r -> "{\"review_id\": \"a\", \"review_body\": %s, \"stars\": \"3\", \"language\": \"en\"}"
                        .formatted(json(r))),
        CommaReviews(
                Marc, SequenceClassification, "index,text,stars\n", r -> "1,\"ü, \"\"" + WORDS.get(1) + "\"\"\",4");

        private final DataFormat format;
        private final TaskType task;
        private final String header;
        private final Function<RandomStream, String> example;

        Kind(DataFormat format, TaskType task, String header, Function<RandomStream, String> example) {
            this.format = format;
            this.task = task;
            this.header = header;
            this.example = example;
        }

        /// Examples of a file that is right, at least three.
        List<String> examples(RandomStream random) {
            return IntStream.range(0, 3 + random.nextInt(5))
                    .mapToObj(i -> example.apply(random))
                    .toList();
        }

        boolean bySentence() {
            return format != JsonLines && !task.labelsTexts();
        }

        String file(List<String> examples) {
            return examples.stream()
                    .map(example -> example + (bySentence() ? "\n\n" : "\n"))
                    .collect(Collectors.joining("", header, ""));
        }
    }

    private static String label(RandomStream random) {
        return random.nextInt(2) == 0 ? "good" : "bad";
    }

    private static String pair(RandomStream random) {
        return text(random) + "\t" + text(random) + "\t" + label(random);
    }

    private static String tagged(RandomStream random, String line, String... tags) {
        return IntStream.rangeClosed(1, 2 + random.nextInt(3))
                .mapToObj(i -> line.formatted(i, i == 1 ? "Öl" : word(random), tags[random.nextInt(tags.length)]))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_that_is_right_gives_all_of_its_examples(Kind kind) {
        each(kind, "right", (random, examples) -> {
            Read read = read(kind, kind.file(examples).getBytes(StandardCharsets.UTF_8));

            assertThat(read.refusal).isEmpty();
            assertThat(read.examples).hasSize(examples.size());
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_value_that_is_missing_or_of_another_type_costs_no_example_and_becomes_no_word(Kind kind) {
        each(kind, "types", (random, examples) -> {
            int which = random.nextInt(examples.size());
            String example = examples.get(which);
            String value = VALUES.get(random.nextInt(VALUES.size()));
            String broken = example.startsWith("{")
                    ? nth(example, "\"ä [^\"]*\"|\\[[^]]*]|\"(good|bad|B-PER|NOUN|3)\"", random, value)
                    : nth(example, "[^\t ,\n]+", random, random.nextInt(2) == 0 ? "" : value);
            Read read = read(kind, with(kind, examples, which, broken));

            if (!read.refusal.isEmpty()) return;
            assertThat(read.examples.size() + read.told).isGreaterThanOrEqualTo(examples.size());
            assertThat(read.examples).noneMatch(one -> isOfNothing(one, example.startsWith("{")));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_that_is_cut_short_keeps_what_is_whole(Kind kind) {
        each(kind, "cut", (random, examples) -> {
            byte[] whole = kind.file(examples).getBytes(StandardCharsets.UTF_8);
            byte[] cut = Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
            List<Example> all = read(kind, whole).examples;
            Read read = read(kind, cut);
            if (!read.refusal.isEmpty()) return;

            int last = read.examples.size() - 1;
            boolean atEnd = cut.length == whole.length;
            assertThat(words(read.examples.subList(0, last))).isEqualTo(words(all.subList(0, last)));
            assertThat(read.examples.size())
                    .isGreaterThanOrEqualTo(atEnd ? all.size() : complete(kind, examples, cut.length));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void lines_that_are_glued_together_are_refused(Kind kind) {
        each(kind, "glued", (random, examples) -> {
            String file = kind.file(examples);
            List<Integer> ends = IntStream.range(1, file.length() - 1)
                    .filter(i -> file.charAt(i) == '\n' && file.charAt(i - 1) != '\n' && file.charAt(i + 1) != '\n')
                    .boxed()
                    .toList();
            int end = ends.get(random.nextInt(ends.size()));

            assertThat(read(kind, (file.substring(0, end) + file.substring(end + 1)).getBytes(StandardCharsets.UTF_8))
                            .refusal)
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void columns_that_are_shifted_change_no_example(Kind kind) {
        String separator = kind.format == Marc ? "," : kind.format == Conll ? " " : "\t";
        each(kind, "shifted", (random, examples) -> {
            if (examples.getFirst().startsWith("{")) return;
            int which = random.nextInt(examples.size());
            String example = examples.get(which);
            String broken =
                    random.nextInt(2) == 0 ? nth(example, separator, random, "") : inserted(example, separator, random);
            Read read = read(kind, with(kind, examples, which, broken));
            List<Example> right = read(kind, kind.file(examples).getBytes(StandardCharsets.UTF_8)).examples;

            if (read.refusal.isEmpty() && kind.format != Marc && kind.format != Conll)
                assertThat(read.examples).isEqualTo(right);
            if (read.refusal.isEmpty()) assertThat(read.examples).hasSameSizeAs(right);
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void another_encoding_is_refused(Kind kind) {
        List<Charset> encodings =
                List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16, Charset.forName("windows-1252"));
        each(kind, "encoding", (random, examples) -> {
            Charset encoding = encodings.get(random.nextInt(encodings.size()));

            assertThat(read(kind, kind.file(examples).getBytes(encoding)).refusal)
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_of_another_kind_is_read_or_refused_and_nothing_else(Kind kind) {
        each(kind, "foreign", (random, examples) -> {
            Kind other = Kind.values()[random.nextInt(Kind.values().length)];
            byte[] noise = noise(random);
            String begin = BEGINS.get(random.nextInt(BEGINS.size()));
            String content = begin + new String(noise, StandardCharsets.ISO_8859_1);
            read(kind, content.getBytes(StandardCharsets.ISO_8859_1));
            Read read = read(kind, other.file(other.examples(random)).getBytes(StandardCharsets.UTF_8));

            if (other.format == JsonLines && kind.format != JsonLines)
                assertThat(read.refusal).isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_packed_file_that_is_damaged_is_refused_or_gives_all_of_its_examples(Kind kind) {
        each(kind, "packed", (random, examples) -> {
            byte[] packed = packed(kind.file(examples).getBytes(StandardCharsets.UTF_8));
            Read read = read(kind, damaged(packed, random));

            if (read.refusal.isEmpty()) assertThat(read.examples).hasSize(examples.size());
        });
    }

    /// True if a label is empty, or a null of JSON has become a word.
    private static boolean isOfNothing(Example example, boolean json) {
        return switch (example) {
            case TextExample text ->
                text.label() != null && text.label().isBlank()
                        || json && text.wholeText().contains("null");
            case TaggedExample tagged ->
                tagged.tags() != null
                                && tagged.tags().stream().anyMatch(tag -> tag.isBlank() || json && tag.equals("null"))
                        || json && tagged.words().contains("null");
            case ParsedExample tree -> tree.tags().stream().anyMatch(String::isBlank);
        };
    }

    private interface Trial {
        void run(RandomStream random, List<String> examples);
    }

    private static void each(Kind kind, String purpose, Trial trial) {
        for (int round = 0; round < ROUNDS; round++) {
            RandomStream random = RandomStream.of(20261129, "fuzz " + purpose + " " + kind, round);
            trial.run(random, kind.examples(random));
        }
    }

    /// @param refusal what was wrong with the file, or nothing
    /// @param told    how many examples notes say are left out
    private record Read(List<Example> examples, String refusal, long told) {}

    /// Reads it; whatever is thrown but a refusal fails the test.
    private Read read(Kind kind, byte[] content) {
        Path file = bytes(folder, "a.data", content);
        try {
            Split split = WrittenFiles.read(file, kind.format, kind.task);
            long told = split.notes().stream()
                    .filter(note -> note.contains("left out") || note.contains("passed over"))
                    .count();
            return new Read(split.examples(), "", told);
        } catch (InvalidInput refused) {
            assertThat(refused.getMessage()).contains(file.toString());
            if (!saysThatItIsNoText(refused, file))
                assertThat(refused.getMessage())
                        .containsPattern(
                                "line \\d+|a\\.data:\\d+:\\d+|in every line|holds no examples|has no reviews|gzip");
            return new Read(List.of(), refused.getMessage(), 0);
        }
    }

    private static boolean saysThatItIsNoText(InvalidInput refused, Path file) {
        return Arrays.stream(FileKind.values())
                .anyMatch(kind -> refused.getMessage().equals(file + " " + kind.sentence(file)));
    }

    private static byte[] with(Kind kind, List<String> examples, int which, String broken) {
        List<String> changed = new ArrayList<>(examples);
        changed.set(which, broken);
        return kind.file(changed).getBytes(StandardCharsets.UTF_8);
    }

    /// Examples that end before the cut.
    private static int complete(Kind kind, List<String> examples, int bytes) {
        int count = 0;
        while (count < examples.size()
                && kind.file(examples.subList(0, count + 1)).getBytes(StandardCharsets.UTF_8).length <= bytes) count++;
        return count;
    }

    private static List<String> words(List<Example> examples) {
        return examples.stream().map(Example::wholeText).toList();
    }
}
