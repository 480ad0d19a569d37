package dev.isogloss.trainer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What we write opens in Python's `tokenizers` and gives the same ids there. Needs ISOGLOSS_PYTHON, an interpreter
/// with that package; with ISOGLOSS_DATA as well, real texts of many languages take part.
class PythonParityTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ODD = List.of(
            "",
            " ",
            "  two  spaces ",
            "tab\there",
            "e\u0301 é ﬁ Ⅷ",
            "naïve café ÀÉÎ",
            "😀 👩‍👩‍👧 emoji",
            "中文字符mixed",
            "don't stop-it.",
            "a\u00a0b\u3000c",
            "x\u200by",
            "100,000.50 €",
            "<s> [CLS] </s>",
            "ﷺ",
            "▁",
            "한국어 텍스트",
            "\u0001ctrl");

    @TempDir
    Path folder;

    @Test
    void python_opens_our_word_piece_and_unigram_with_the_same_ids() throws Exception {
        String python = System.getenv("ISOGLOSS_PYTHON");
        assumeTrue(python != null, "ISOGLOSS_PYTHON is not set: no comparison with Python's tokenizers");
        List<String> texts = new ArrayList<>(SampleTexts.mixed(300));
        texts.addAll(real());
        int size = texts.size() > 300 ? 8000 : 400;

        for (boolean lowercase : new boolean[] {false, true})
            for (String json : List.of(
                    WordPieceTrainer.train(texts, size, lowercase, _ -> {}),
                    UnigramTrainer.train(texts, size, lowercase, _ -> {})))
                compare(
                        Objects.requireNonNull(python),
                        json,
                        Stream.concat(ODD.stream(), texts.stream()).toList());
    }

    private static List<String> real() throws IOException {
        String data = System.getenv("ISOGLOSS_DATA");
        if (data == null) return List.of();
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(data, "packages", "text"))) {
            for (Path file : files.sorted().toList())
                try (Stream<String> lines = Files.lines(file)) {
                    lines.filter(line -> !line.isBlank()).limit(1000).forEach(texts::add);
                }
        }
        return texts;
    }

    private void compare(String python, String json, List<String> texts) throws Exception {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
        List<Object> inputs = new ArrayList<>(texts);
        for (int i = 0; i + 1 < texts.size(); i += 10) inputs.add(List.of(texts.get(i), texts.get(i + 1)));
        for (int i = 0; i < texts.size(); i += 10)
            inputs.add(Map.of("words", List.of(texts.get(i).split(" "))));
        List<String> lines = new ArrayList<>();
        for (Object input : inputs) lines.add(JSON.writeValueAsString(input));
        Path written = Files.write(folder.resolve("texts.jsonl"), lines);
        Path answers = folder.resolve("ids.jsonl");
        int exit = new ProcessBuilder(
                        python,
                        Path.of("src/test/python/tokenizer_ids.py")
                                .toAbsolutePath()
                                .toString(),
                        file.toString(),
                        written.toString())
                .redirectOutput(answers.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        assertThat(exit).isZero();
        List<String> theirs = Files.readAllLines(answers, StandardCharsets.UTF_8);
        try (Tokenizer tokenizer = Tokenizer.load(file, 200_000)) {
            for (int i = 0; i < inputs.size(); i++) {
                Encoding ours =
                        switch (inputs.get(i)) {
                            case String text -> tokenizer.encode(text);
                            case List<?> pair -> tokenizer.encode((String) pair.getFirst(), (String) pair.getLast());
                            case Map<?, ?> words -> known(tokenizer, words);
                            default -> throw new AssertionError();
                        };
                JsonNode expected = JSON.readTree(theirs.get(i));
                assertThat(ours.ids()).as("%s", inputs.get(i)).isEqualTo(ints(expected.get("ids")));
                assertThat(ours.types()).as("%s", inputs.get(i)).isEqualTo(ints(expected.get("types")));
            }
        }
    }

    /// Python leaves out words that come to nothing, we do not: such words are left out here as well.
    private static Encoding known(Tokenizer tokenizer, Map<?, ?> input) {
        List<String> words = ((List<?>) Objects.requireNonNull(input.get("words")))
                .stream()
                        .map(String.class::cast)
                        .filter(word -> tokenizer.encode(word).length() > 2)
                        .toList();
        return tokenizer.encodeWords(words);
    }

    private static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
    }
}
