package dev.isogloss.trainer.data;

import static dev.isogloss.trainer.data.BrokenTexts.*;
import static dev.isogloss.trainer.data.WrittenFiles.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.InvalidInput;
import dev.isogloss.api.data.Location;
import dev.isogloss.trainer.random.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files of corpora and of translations, plain and packed, broken in every way that people's files are: each reads with
/// all of its texts, or with a note of those left out, or is refused with file and line.
class TextFuzzTest {
    private static final int ROUNDS = 60;
    private static final Pattern COUNTED = Pattern.compile("([\\d,]+) × [^×]*left out");

    @TempDir
    Path folder;

    /// What reads the file.
    private enum Reader {
        Texts,
        Pairs,
        Translations,
        TranslationsOfPairs
    }

    /// A format, and an example of it in a line.
    enum Kind {
        PlainText("txt", Reader.Texts, BrokenTexts::text),
        JsonText("jsonl", Reader.Texts, r -> "{\"text\": %s}".formatted(json(r))),
        TablePairs("tsv", Reader.Pairs, r -> text(r) + "\t" + text(r)),
        ScoredPairs("tsv", Reader.Pairs, r -> text(r) + "\t" + text(r) + "\t0.7"),
        JsonPairs("jsonl", Reader.Pairs, r -> "{\"source\": %s, \"target\": %s}".formatted(json(r), json(r))),
        TableTranslations("txt", Reader.Translations, r -> text(r) + "\t" + text(r)),
        JsonTranslations(
                "ndjson",
                Reader.Translations,
                r -> "{\"id\": \"7\", \"source\": %s, \"target\": %s, \"label\": \"good\"}"
                        .formatted(json(r), json(r))),
        JsonTranslationsOfPairs(
                "json",
                Reader.TranslationsOfPairs,
                r -> "{\"source\": %s, \"source2\": %s, \"target\": %s, \"target2\": %s, \"label\": 1}"
                        .formatted(json(r), json(r), json(r), json(r)));

        private final String ending;
        private final Reader reader;
        private final Function<RandomStream, String> line;

        Kind(String ending, Reader reader, Function<RandomStream, String> line) {
            this.ending = ending;
            this.reader = reader;
            this.line = line;
        }

        boolean isJson() {
            return ending.contains("json");
        }

        List<String> lines(RandomStream random) {
            return IntStream.range(0, 3 + random.nextInt(5))
                    .mapToObj(i -> line.apply(random))
                    .toList();
        }
    }

    /// @param texts   what was read, an entry a line; texts of a pair are parted by a tab
    /// @param refusal what was wrong with the file, or nothing
    /// @param told    how many lines notes say are left out
    private record Read(List<String> texts, String refusal, int told) {}

    private interface Trial {
        void run(RandomStream random, List<String> lines);
    }

    private static void each(Kind kind, String purpose, Trial trial) {
        for (int round = 0; round < ROUNDS; round++) {
            RandomStream random = RandomStream.of(20261129, "text fuzz " + purpose + " " + kind, round);
            trial.run(random, kind.lines(random));
        }
    }

    private static byte[] utf8(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> with(List<String> lines, int which, String broken) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(which, broken);
        return changed;
    }

    private Read read(Kind kind, List<String> lines, RandomStream random) {
        return read(kind, utf8(lines), random);
    }

    /// Reads it, packed half of the time.
    private Read read(Kind kind, byte[] content, RandomStream random) {
        boolean packed = random.nextInt(2) == 0;
        return read(kind, packed ? packed(content) : content, packed ? "." + kind.ending + ".gz" : "." + kind.ending);
    }

    /// Whatever is thrown but a refusal fails the test.
    private Read read(Kind kind, byte[] content, String ending) {
        Path file = bytes(folder, "en" + ending, content);
        Location location = new Location(null, "c", "{language}" + ending, null);
        ClaimFolders claims = ClaimFolders.withLinks(Map.of("c", folder));
        try {
            return read(kind, location, claims);
        } catch (InvalidInput refused) {
            String said = String.valueOf(refused.getMessage());
            assertThat(said).contains(file.toString());
            if (Arrays.stream(FileKind.values()).noneMatch(is -> said.equals(file + " " + is.sentence(file))))
                assertThat(said).containsPattern("line \\d+|en\\.\\S+:\\d+:\\d+|holds no|gzip");
            return new Read(List.of(), said, 0);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Read read(Kind kind, Location location, ClaimFolders claims) {
        List<String> english = List.of("en");
        return switch (kind.reader) {
            case Texts -> {
                CorpusTexts read = new CorpusReader(claims).read(location, null, english);
                yield new Read(read.texts().get("en"), "", told(read.notes()));
            }
            case Pairs -> {
                bytes(folder, "texts/en.txt", "a\n".getBytes(StandardCharsets.UTF_8));
                CorpusTexts read = new CorpusReader(claims)
                        .read(new Location(null, "c", "texts/{language}.txt", null), location, english);
                yield new Read(
                        read.pairs().get("en").stream()
                                .map(pair -> pair.source() + "\t" + pair.target())
                                .toList(),
                        "",
                        told(read.notes()));
            }
            case Translations, TranslationsOfPairs -> {
                var read = TranslationReader.read(location, english, kind.reader == Reader.TranslationsOfPairs, claims);
                yield new Read(
                        read.translations().get("en").stream()
                                .map(one -> one.source().wholeText() + "\t"
                                        + one.target().wholeText())
                                .toList(),
                        "",
                        told(read.notes()));
            }
        };
    }

    private static int told(List<String> notes) {
        return notes.stream()
                .flatMap(note -> COUNTED.matcher(note).results())
                .map(MatchResult::group)
                .mapToInt(group -> Integer.parseInt(group.replaceAll("[^\\d].*", "")))
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_that_is_right_gives_all_of_its_texts(Kind kind) {
        each(kind, "right", (random, lines) -> {
            Read read = read(kind, lines, random);

            assertThat(read.refusal).isEmpty();
            assertThat(read.texts).hasSize(lines.size());
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_value_that_is_missing_or_of_another_type_costs_no_text_and_becomes_no_word(Kind kind) {
        each(kind, "types", (random, lines) -> {
            int which = random.nextInt(lines.size());
            String value = VALUES.get(random.nextInt(VALUES.size()));
            String broken = kind.isJson()
                    ? nth(lines.get(which), "\"ä [^\"]*\"|\"(good|7)\"|1", random, value)
                    : nth(lines.get(which), "[^\t\n]+", random, random.nextInt(2) == 0 ? " " : value);
            Read read = read(kind, with(lines, which, broken), random);

            if (!read.refusal.isEmpty()) return;
            int blank = broken.isBlank() ? 1 : 0;
            assertThat(read.texts.size() + read.told + blank).isEqualTo(lines.size());
            if (kind.isJson()) assertThat(read.texts).noneMatch(text -> text.contains("null"));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_that_is_cut_short_keeps_what_is_whole(Kind kind) {
        each(kind, "cut", (random, lines) -> {
            byte[] whole = utf8(lines);
            byte[] cut = Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
            Read all = read(kind, whole, random);
            Read read = read(kind, cut, random);
            if (!read.refusal.isEmpty()) return;

            long complete = new String(cut, StandardCharsets.UTF_8)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            int last = Math.toIntExact(Math.min(complete, read.texts.size()));
            assertThat(read.texts.size()).isGreaterThanOrEqualTo(Math.toIntExact(complete));
            assertThat(read.texts.subList(0, last)).isEqualTo(all.texts.subList(0, last));
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void lines_that_are_glued_together_are_refused_where_that_can_be_seen(Kind kind) {
        each(kind, "glued", (random, lines) -> {
            int which = random.nextInt(lines.size() - 1);
            List<String> glued = new ArrayList<>(lines);
            glued.set(which, lines.get(which) + glued.remove(which + 1));
            Read read = read(kind, glued, random);

            if (kind == Kind.PlainText) assertThat(read.texts).isEqualTo(glued);
            else assertThat(read.refusal).isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void columns_that_are_shifted_change_no_text(Kind kind) {
        each(kind, "shifted", (random, lines) -> {
            if (kind.isJson()) return;
            int which = random.nextInt(lines.size());
            String line = lines.get(which);
            String broken = random.nextInt(2) == 0 ? nth(line, "\t", random, "") : inserted(line, "\t", random);
            Read read = read(kind, with(lines, which, broken), random);

            if (read.refusal.isEmpty()) assertThat(read.texts).hasSize(lines.size());
            if (kind != Kind.PlainText && !broken.equals(line))
                assertThat(read.refusal).isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void another_encoding_is_refused(Kind kind) {
        List<Charset> encodings = List.of(
                StandardCharsets.ISO_8859_1,
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                Charset.forName("windows-1252"));
        each(kind, "encoding", (random, lines) -> {
            Charset encoding = encodings.get(random.nextInt(encodings.size()));

            assertThat(read(kind, (String.join("\n", lines) + "\n").getBytes(encoding), random).refusal)
                    .isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_of_another_kind_is_read_or_refused_and_nothing_else(Kind kind) {
        each(kind, "foreign", (random, lines) -> {
            String begin = BEGINS.get(random.nextInt(BEGINS.size()));
            byte[] content = Stream.of(begin.getBytes(StandardCharsets.ISO_8859_1), noise(random))
                    .reduce(new byte[0], TextFuzzTest::joined);
            read(kind, content, random);
            Kind other = Kind.values()[random.nextInt(Kind.values().length)];
            Read read = read(kind, other.lines(random), random);

            if (other.isJson() != kind.isJson()) assertThat(read.refusal).isNotEmpty();
        });
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_packed_file_that_is_damaged_is_refused_or_gives_all_of_its_texts(Kind kind) {
        each(kind, "packed", (random, lines) -> {
            Read read = read(kind, damaged(packed(utf8(lines)), random), "." + kind.ending + ".gz");

            if (read.refusal.isEmpty()) assertThat(read.texts).hasSize(lines.size());
        });
    }
}
