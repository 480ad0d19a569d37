package dev.isogloss.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isogloss.api.Excerpt;
import dev.isogloss.api.cluster.StepScore;
import dev.isogloss.api.task.Metric;
import dev.isogloss.plan.step.StepKey;
import dev.isogloss.result.TerminationMessage.Error;
import dev.isogloss.result.TerminationMessage.Nothing;
import dev.isogloss.result.TerminationMessage.Result;
import dev.isogloss.result.TerminationMessage.Unreadable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminationMessageTest {
    private static final StepKey KEY = new StepKey("0123456789abcdef".repeat(4));
    private static final Provenance PROVENANCE =
            new Provenance(Instant.EPOCH, Instant.EPOCH, Map.of("jdk", "25"), "cpu", 1, Map.of());

    private static StepResult result(List<Score> scores, Facts facts) {
        return new StepResult(KEY, "Evaluate", scores, facts, PROVENANCE);
    }

    private static List<Score> scores(int languages) {
        return IntStream.range(0, languages)
                .mapToObj(i -> new Score("l" + i, "test", Metric.Accuracy, 1.0 / (i + 1.7), 400))
                .toList();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void a_result_is_a_line_of_json() {
        Result result = Result.of(
                result(
                        List.of(new Score("de", "test", Metric.Accuracy, 0.8125, 16)),
                        Facts.of(Fact.Seconds, 1.5).with(Fact.Examples, 16)),
                true);

        assertThat(result.text()).isEqualTo("""
                {"key":"%s","kind":"Evaluate","reused":true,\
                "scores":[{"language":"de","split":"test","metric":"Accuracy","value":"0.8125","examples":16}],\
                "facts":{"examples":16,"seconds":1.5}}""".formatted(KEY));
    }

    @Test
    void what_a_round_hands_on_and_whether_it_kept_its_model_are_told() {
        StepResult result = result(List.of(), Facts.NONE)
                .withPseudoLabels("0".repeat(64))
                .withLabelSketch("c2tldGNo")
                .withKeptModel();

        Result read = (Result) TerminationMessage.read(Result.of(result, false).text());

        assertThat(read.keptModel()).isTrue();
        assertThat(read.digests()).containsExactly(Map.entry("pseudo-labels", "0".repeat(64)));
        assertThat(read.labelSketch()).isEqualTo("c2tldGNo");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 100, 150})
    void a_result_comes_back_as_it_was_sent(int languages) {
        Result result = Result.of(result(scores(languages), Facts.of(Fact.Seconds, 1.5)), false);

        assertThat(TerminationMessage.read(result.text())).isEqualTo(result);
    }

    @Test
    void scores_that_do_not_fit_are_counted_and_facts_stay() {
        Result result = Result.of(result(scores(5000), Facts.of(Fact.Seconds, 1.5)), false);

        Result read = (Result) TerminationMessage.read(result.text());

        assertThat(bytes(result.text())).isLessThanOrEqualTo(TerminationMessage.LIMIT);
        assertThat(read.scoresLeftOut()).isEqualTo(5000);
        assertThat(read.scores()).isEmpty();
        assertThat(read.facts()).isEqualTo(Facts.of(Fact.Seconds, 1.5));
    }

    @Property(tries = 200)
    void whatever_a_result_holds_its_message_fits_and_is_read_under_its_key(
            @ForAll @IntRange(max = 500) int languages,
            @ForAll @IntRange(max = 500) int classes,
            @ForAll String name,
            @ForAll @StringLength(max = 5000) String sketch) {
        Facts facts = Facts.of(Fact.Seconds, Double.NaN);
        for (int i = 0; i < classes; i++) facts = facts.with(Fact.Prior, name + i, 1.0 / (i + 1.3));
        Result result = Result.of(result(scores(languages), facts).withLabelSketch(sketch), false);

        assertThat(bytes(result.text())).isLessThanOrEqualTo(TerminationMessage.LIMIT);
        assertThat(TerminationMessage.read(result.text()))
                .isInstanceOfSatisfying(
                        Result.class, read -> assertThat(read.key()).isEqualTo(KEY));
    }

    @Property(tries = 200)
    void a_sentence_comes_back_as_it_is_or_cut(
            @ForAll @StringLength(max = 3000) String sentence, @ForAll @IntRange(min = 1, max = 5) int times) {
        String text = new Error(sentence.repeat(times)).text();

        assertThat(bytes(text)).isLessThanOrEqualTo(TerminationMessage.LIMIT);
        Error read = (Error) TerminationMessage.read(text);
        String shown = Excerpt.message(sentence.repeat(times));
        if (!read.sentence().equals(shown)) {
            assertThat(read.sentence()).endsWith("…");
            assertThat(shown)
                    .startsWith(read.sentence().substring(0, read.sentence().length() - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "a😀", "\u0001", "\"", "行", "\uD83D"})
    void a_sentence_of_any_letters_is_cut_between_them(String letters) {
        String text = new Error(letters.repeat(20_000)).text();

        assertThat(bytes(text)).isBetween(1000, TerminationMessage.LIMIT);
        assertThat(((Error) TerminationMessage.read(text)).sentence())
                .doesNotContain("\uFFFD")
                .endsWith("…");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    }

    @Test
    void nothing_is_nothing() {
        assertThat(TerminationMessage.read(null)).isEqualTo(new Nothing());
        assertThat(TerminationMessage.read(" \n")).isEqualTo(new Nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SIGSEGV in libtorch",
                "[1,2]",
                "{\"key\":",
                "{}",
                "null",
                "{\"gzip\":\"!!\"}",
                "{\"gzip\":\"aGVsbG8=\"}",
                "{\"gzip\":{}}",
                "12",
                "{\"key\":\"k\"}",
                "{\"key\":\"KEY\",\"scores\":[{\"language\":\"de\",\"split\":\"test\",\"metric\":\"F1\",\"value\":\"n/a\"}]}",
                "{\"key\":\"KEY\",\"scores\":[{\"language\":\"de\",\"split\":\"test\",\"metric\":\"F1\",\"value\":\"NaN\"}]}",
                "{\"key\":\"KEY\",\"scores\":[{\"language\":\"de\",\"split\":\"test\",\"metric\":\"F1\"}]}",
                "{\"key\":\"KEY\",\"scores\":[{\"split\":\"test\",\"metric\":\"F1\",\"value\":0.5}]}",
                "{\"key\":\"KEY\",\"scores\":[7]}",
                "{\"key\":\"KEY\",\"scores\":[null]}",
                "{\"key\":\"KEY\",\"facts\":[1]}",
                "{\"key\":\"KEY\",\"digests\":{\"pseudo-labels\":null}}"
            })
    void anything_else_is_kept_as_it_is(String form) {
        String message = form.replace("KEY", KEY.hex());

        assertThat(TerminationMessage.read(message)).isEqualTo(new Unreadable(message));
    }

    @Property
    void no_text_breaks_the_reader(@ForAll String text) {
        assertThat(TerminationMessage.read(text)).isNotNull();
        assertThat(TerminationMessage.read("{\"gzip\":\"" + text + "\"}")).isNotNull();
    }

    @Property
    void no_bytes_in_a_packed_message_break_the_reader(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
        assertThat(TerminationMessage.read(packed(bytes))).isNotNull();
    }

    @Test
    void what_a_message_lacks_is_empty_and_what_is_no_number_is_no_fact() {
        assertThat(TerminationMessage.read(
                        "{\"key\":\"%s\",\"facts\":{\"seconds\":1.5,\"updates\":\"NaN\",\"gold\":[1],\"pool\":1e999},\"novelty\":1}"
                                .formatted(KEY)))
                .isEqualTo(
                        new Result(KEY, "", false, List.of(), Facts.of(Fact.Seconds, 1.5), false, Map.of(), null, 0));
    }

    @Test
    void a_score_of_a_metric_that_this_version_does_not_know_is_read() {
        assertThat(TerminationMessage.read("""
                        {"key":"%s","scores":[{"language":"de","split":"test","metric":"Bleu","value":0.25,"examples":-1}]}""".formatted(KEY)))
                .isInstanceOfSatisfying(Result.class, result -> assertThat(result.scores())
                        .containsExactly(new StepScore("de", "test", "Bleu", "0.25", 0)));
    }

    @Test
    void a_text_that_unpacks_without_end_does_not_fill_the_memory() throws IOException {
        assertThat(TerminationMessage.read(packed(" ".repeat(50_000_000).getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Unreadable.class);
    }

    private static String packed(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return "{\"gzip\":\"" + Base64.getEncoder().encodeToString(packed.toByteArray()) + "\"}";
    }

    /// All that a comparison says is in its facts: a status without them has no stars.
    @Test
    void a_comparison_in_as_many_languages_as_there_may_be_fits() {
        Random random = new Random(1);
        Facts facts = Facts.of(Fact.Seconds, 12.345).with(Fact.PeakMemoryBytes, 123_456_789);
        for (int i = 0; i < 130; i++) {
            String column = i == 0 ? "average" : "%c%c%d".formatted('a' + i % 26, 'a' + i * 7 % 26, i / 26);
            facts = facts.with(Fact.Difference, column, random.nextInt(-900, 900) / 1e4)
                    .with(Fact.Low, column, random.nextInt(-1500, 300) / 1e4)
                    .with(Fact.High, column, random.nextInt(-300, 1500) / 1e4)
                    .with(Fact.Probability, column, random.nextInt(10, 100_000) / 1e5);
        }
        Result compared =
                new Result(new StepKey("a".repeat(64)), "Compare", false, List.of(), facts, false, Map.of(), null, 0);

        assertThat(TerminationMessage.read(compared.text())).isEqualTo(compared);
    }
}
